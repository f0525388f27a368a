import Database
import PostgresClient
import TestSupport
import VideoRecord

/// A migrated database with the tables of videos.
struct Archive {
    let client: PostgresClient
    let record: VideoRecord

    static func with(_ body: (Archive) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            try await body(Archive(client: postgres.client, record: VideoRecord(postgres.client)))
        }
    }

    /// A job that begins, with the folder `videos/one/JOB`.
    func begin(
        _ job: String, source: String = "uploads/one", event: Bool = true, folder: String? = nil
    ) async throws -> VideoClaim? {
        try await record.begin(
            VideoBeginning(
                source: source, destination: "videos/one", job: job, folder: "videos/one/\(folder ?? job)",
                event: event))
    }

    func ready(_ claim: VideoClaim?, folder: String) async throws -> Bool {
        guard let claim else { throw TestFailure("it has no claim") }
        return try await record.ready(claim, .test(in: "videos/one/\(folder)"))
    }

    func failed(_ claim: VideoClaim?, _ reason: String = "It is damaged.") async throws -> Bool {
        guard let claim else { throw TestFailure("it has no claim") }
        return try await record.failed(claim, reason: reason)
    }

    /// The lines of a query with one column.
    func lines(_ sql: String) async throws -> [String] {
        try await client.query(sql).map { try $0[0] as String? ?? "null" }
    }

    /// What the platform was told.
    func told() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', type, args ->> 'job', args ->> 'master', args ->> 'reason')
            FROM coursework.outbox ORDER BY sequence
            """)
    }

    func state() async throws -> [String] {
        try await lines("SELECT concat_ws(' ', state, job, folder) FROM coursework.videos")
    }

    /// Folders that are no video's.
    func leftovers(replaced: Duration = .zero, abandoned: Duration = .zero) async throws -> [String] {
        try await record.leftovers(replaced: replaced, abandoned: abandoned, limit: 10).map(\.key)
    }
}

extension PublishedVideo {
    static func test(in folder: String) -> PublishedVideo {
        PublishedVideo(
            folder: folder, fingerprint: "f", master: "\(folder)/master.m3u8", progressive: "\(folder)/video.mp4",
            poster: "\(folder)/poster.jpg", storyboard: "\(folder)/storyboard/storyboard.vtt", captions: [],
            renditions: [Rendition(width: 640, height: 360, averageBitRate: 700_000)], duration: 9.5, frameRate: 30,
            bytes: 1 << 20)
    }
}
