import Jobs
import Reports
import Storage
import VideoRecord
import VideoWorker

/// `videos tidy`: ends rows whose jobs have ended, and deletes what is no video's.
struct TidyVideos: SetupVerb {
    static let actions = ["video.tidy"]

    private struct Report: Encodable {
        /// Videos whose jobs had ended.
        var settled = 0
        var folders = 0
        var files = 0
    }

    private static let portion = 200

    private let setup: Setup
    private let age: Duration
    private let isDryRun: Bool
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        isDryRun = arguments.flag("--dry-run")
        json = arguments.flag("--json")
        age = try arguments.option("--older-than").map(Self.duration) ?? .seconds(3600)
    }

    private static func duration(_ text: String) throws -> Duration {
        guard let duration = try? DurationText.parse(text) else {
            throw CommandFailure(.usage, "--older-than must be a time, such as 1h.")
        }
        return duration
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    func run() async throws {
        let report = try await setup.withVideos { office in
            var report = Report()
            defer { note(report) }
            do {
                report.settled = try await settle(office)
                try await clear(office, &report)
            } catch let error as StorageError {
                throw CommandFailure(.unavailable, "\(error) Run coursework videos tidy later.")
            }
            return report
        }
        Terminal.print(json ? JSONText.of(report) : text(report))
    }

    private func note(_ report: Report) {
        setup.note.count("settled", report.settled)
        setup.note.count("files", report.files)
    }

    private func text(_ report: Report) -> String {
        let (videos, folders) = (report.settled, report.folders)
        let lines = [
            "\(videos) video\(videos == 1 ? "" : "s") whose job had ended \(isDryRun ? "would be" : videos == 1 ? "was" : "were") settled.",
            "\(folders) folder\(folders == 1 ? "" : "s") with \(report.files) file\(report.files == 1 ? "" : "s") \(isDryRun ? "would be" : folders == 1 ? "was" : "were") deleted.",
        ]
        return lines.joined(separator: "\n")
    }

    private func settle(_ office: VideoOffice) async throws -> Int {
        let videos = try await office.record.processing()
        let jobs = try await VideoJobs(videos.map(\.job), setup)
        var count = 0
        for video in videos {
            guard let end = jobs.end(of: video.job) else { continue }
            if isDryRun {
                count += 1
            } else if try await office.upkeep.settle(video, as: end) != nil {
                count += 1
            }
        }
        return count
    }

    private func clear(_ office: VideoOffice, _ report: inout Report) async throws {
        var last = ""
        while true {
            let folders = try await office.record.leftovers(
                replaced: office.upkeep.keepVersions, abandoned: age, after: last, limit: Self.portion)
            guard let final = folders.last else { return }
            last = final.key
            let jobs = try await VideoJobs(folders.map(\.job), setup)
            for folder in folders where jobs.hasEnded(folder.job) && !(folder.holdsChunks && jobs.isDead(folder.job)) {
                let files =
                    isDryRun ? try await office.upkeep.count(folder) : try await office.upkeep.delete(folder)
                guard let files else { continue }
                report.folders += 1
                report.files += files
            }
        }
    }
}
