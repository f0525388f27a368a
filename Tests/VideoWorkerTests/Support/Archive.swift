import Database
import Foundation
import JobTesting
import Jobs
import PostgresClient
import Storage
import TestSupport
import VideoRecord

@testable import VideoWorker

/// A migrated database and a storage, and jobs that publish without encoding.
struct Archive {
    let postgres: TestPostgres
    let folder: TemporaryFolder
    let storage: FolderStorage
    let record: VideoRecord

    static func with(_ body: (Archive) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            let folder = try TemporaryFolder()
            try folder.makeFolder("storage")
            try await body(
                Archive(
                    postgres: postgres, folder: folder, storage: FolderStorage(root: folder.file("storage")),
                    record: VideoRecord(postgres.client)))
        }
    }

    private struct Scripted: JobHandler {
        let call: VideoCall
        let script: @Sendable (RecordedAttempt?) async throws -> Outcome

        func handle(_ job: TranscodeVideo, context: JobContext) async throws -> Outcome {
            try await call.run(job, context, script)
        }
    }

    static func job(_ number: Int, attempt: Int = 1) -> TestJob {
        TestJob(attempt: attempt, id: JobID("media:\(number)-0"))
    }

    /// Runs a job of which only what it comes to matters; the event is wanted.
    func run(
        _ test: TestJob = job(1), _ record: VideoRecord? = nil,
        _ script: @escaping @Sendable (RecordedAttempt?) async throws -> Outcome
    ) async -> TestRun {
        let call = VideoCall(record ?? self.record, storage, VideoFollowUps(event: true))
        return await test.run(
            Scripted(call: call, script: script), TranscodeVideo(source: "uploads/one", destination: "videos/one"))
    }

    /// As the publisher does it.
    func publish(_ attempt: RecordedAttempt?, writesPointer: Bool = true) async throws {
        guard let attempt else { throw TestFailure("nothing is recorded") }
        let folder = "videos/one/\(attempt.folder)"
        try await attempt.willWrite(["master.m3u8"], beside: try key("\(folder)/files.json"), in: storage)
        try await storage.write(Array("#EXTM3U".utf8), to: try key("\(folder)/master.m3u8"), mediaType: "text/plain")
        try await attempt.willPublish()
        guard writesPointer else { return }
        let file = TranscodedVideo.File(key: "\(folder)/master.m3u8", bytes: 7, sha256: "")
        let video = TranscodedVideo(
            fingerprint: "f", master: file.key, progressive: "\(folder)/video.mp4", poster: "\(folder)/poster.jpg",
            storyboard: "\(folder)/storyboard.vtt", captions: [], duration: 9, frameRate: 30,
            renditions: [.init(width: 640, height: 360, averageBitRate: 700_000)], sourceLoudness: nil,
            wasHighDynamicRange: false, files: [file])
        try await storage.write(
            try JobResult(encoding: video).json, to: try key("videos/one/video.json"), mediaType: "application/json")
    }

    private func key(_ text: String) throws -> StorageKey {
        guard let key = StorageKey(text) else { throw TestFailure("no key: \(text)") }
        return key
    }

    /// Publishes a version as a job does.
    @discardableResult
    func version(_ number: Int) async -> TestRun {
        await run(Self.job(number)) { attempt in
            try await publish(attempt)
            return .success()
        }
    }

    func upkeep(keepVersions: String = "0s") throws -> VideoUpkeep {
        var settings = VideoSettings()
        settings.keepVersions = keepVersions
        return try VideoUpkeep(
            record, storage, settings,
            Surroundings(environment: [:], dataFolder: folder.path, configurationFolder: folder.path))
    }

    // MARK: What came of it

    /// The lines of a query with one column.
    func lines(_ sql: String) async throws -> [String] {
        try await postgres.client.query(sql).map { try $0[0] as String? ?? "null" }
    }

    func states() async throws -> [String] {
        try await lines("SELECT concat_ws(' ', state, job, reason) FROM coursework.videos ORDER BY id")
    }

    /// What the platform was told.
    func told() async throws -> [String] {
        try await lines(
            "SELECT concat_ws(' ', type, args ->> 'job', args ->> 'reason') FROM coursework.outbox ORDER BY sequence")
    }

    func video() async throws -> VideoDescription {
        guard let video = try await record.find("videos/one") else { throw TestFailure("there is no row") }
        return video
    }

    /// Keys of all that lies in the storage.
    func files() throws -> [String] {
        let root = folder.file("storage")
        let all = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
        return all.filter { $0.contains(".") }.sorted()
    }
}
