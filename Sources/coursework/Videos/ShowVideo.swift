import Reports
import VideoRecord

/// `videos show`: one video.
struct ShowVideo: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let destination: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        destination = try arguments.word(orSay: "Name the video by its destination.")
    }

    func run() async throws {
        let report = try await setup.withVideos { office in
            VideoReport(try await office.find(destination), in: office.storage)
        }
        Terminal.print(json ? JSONText.of(report) : report.text)
    }
}
