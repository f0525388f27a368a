import Audit
import Reports
import Storage
import VideoRecord

/// `videos erase`: takes a video out of the tables and the storage.
struct EraseVideo: SetupVerb {
    static let actions = ["video.erase"]

    private struct Report: Encodable {
        let destination: String
        let files: Int
    }

    private let setup: Setup
    private let destination: String
    private let isDryRun: Bool
    private let json: Bool
    private let confirmation: Confirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        isDryRun = arguments.flag("--dry-run")
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        destination = try arguments.word(orSay: "Name the video by its destination.")
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    var target: AuditTarget { AuditTarget("video \(destination)") }

    func confirm() throws {
        try confirmation.ask("The video \(Terminal.line(destination)) and all its files would be deleted, for good.")
    }

    func run() async throws {
        let files = try await setup.withVideos { office in
            let video = try await office.find(destination)
            if isDryRun { return try await count(video, office) }
            do {
                guard let files = try await office.upkeep.erase(video) else { throw isBusy(video) }
                return files
            } catch let error as StorageError {
                throw CommandFailure(.unavailable, "\(error) Say the same again later.")
            }
        }
        setup.note.count("files", files)
        if json { return Terminal.print(JSONText.of(Report(destination: destination, files: files))) }
        Terminal.print(
            "\(isDryRun ? "Would erase" : "Erased") the video, and \(files) file\(files == 1 ? "" : "s").")
    }

    private func count(_ video: VideoDescription, _ office: VideoOffice) async throws -> Int {
        guard video.state != .processing else { throw isBusy(video) }
        return try await office.upkeep.count(video)
    }

    private func isBusy(_ video: VideoDescription) -> CommandFailure {
        CommandFailure(
            .failed,
            "The job \(video.job) would publish it again: coursework jobs cancel \(video.job), then coursework videos tidy."
        )
    }
}
