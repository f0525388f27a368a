import PostgresClient

/// How a job ends: its row and the job that tells of it are one transaction.
extension VideoRecord {
    /// Names what is published. What was published before it goes after a time.
    /// - Returns: false when another job has the destination; then nothing is written.
    @discardableResult
    package func ready(_ claim: VideoClaim, _ video: PublishedVideo) async throws -> Bool {
        let captions = String(decoding: try video.captionsJSON, as: UTF8.self)
        let renditions = String(decoding: try video.renditionsJSON, as: UTF8.self)
        return try await persistence.run {
            try await client.transaction { transaction in
                guard let row = try Self.lock(claim, states: ["processing", "ready"], in: transaction) else {
                    return false
                }
                let told = "ready \(claim.job) \(video.folder)"
                try transaction.query(
                    Self.publication,
                    [
                        .integer(claim.video), .text(video.folder), .text(video.fingerprint), .text(video.master),
                        .optional(video.progressive), .text(video.poster), .text(video.storyboard), .text(captions),
                        .text(renditions), .double(video.duration), .double(video.frameRate), .integer(video.bytes),
                        .text(told),
                    ])
                try Self.name(video.folder, instead: try row["folder"], claim, in: transaction)
                try VideoEvent.ready(video, destination: try row["destination"], source: try row["source"], claim.job)
                    .write(told, after: row, in: transaction)
                return true
            }
        }
    }

    private static let publication = """
        UPDATE coursework.videos SET state = 'ready', reason = NULL, ended_at = coalesce(ended_at, now()),
            published_at = CASE WHEN folder = $2 THEN published_at ELSE now() END,
            folder = $2, fingerprint = $3, master = $4, progressive = $5, poster = $6, storyboard = $7,
            captions = $8::json, renditions = $9::json, duration = $10, frame_rate = $11, bytes = $12, told = $13
        WHERE id = $1
        """

    /// - Parameter former: what was published before; players may be in the middle of it.
    private static func name(
        _ folder: String, instead former: String?, _ claim: VideoClaim, in transaction: PostgresTransaction
    ) throws {
        try transaction.query(
            """
            INSERT INTO coursework.video_folders (folder, video, job) VALUES ($1, $2, $3)
            ON CONFLICT (folder) DO UPDATE SET replaced_at = NULL
            """, [.text(folder), .integer(claim.video), .text(claim.job)])
        guard let former, former != folder else { return }
        try transaction.query(
            "UPDATE coursework.video_folders SET replaced_at = now() WHERE folder = $1", [.text(former)])
    }

    /// What was published before stays.
    /// - Returns: false when the job had ended before, or another one has the destination; then nothing is written.
    @discardableResult
    package func failed(_ claim: VideoClaim, reason: String) async throws -> Bool {
        let reason = String(String.UnicodeScalarView(reason.unicodeScalars.filter { $0 != "\0" }.prefix(2000)))
        return try await persistence.run {
            try await client.transaction { transaction in
                guard let row = try Self.lock(claim, states: ["processing"], in: transaction) else { return false }
                let told = "failed \(claim.job)"
                try transaction.query(
                    """
                    UPDATE coursework.videos SET state = 'failed', reason = $2, ended_at = now(), told = $3 WHERE id = $1
                    """, [.integer(claim.video), .text(reason), .text(told)])
                try VideoEvent.failed(
                    reason, destination: try row["destination"], source: try row["source"], claim.job
                ).write(told, after: row, in: transaction)
                return true
            }
        }
    }

    /// A person cancelled the job, and knows it.
    package func cancelled(_ claim: VideoClaim) async throws {
        _ = try await persistence.run {
            try await client.query(
                """
                UPDATE coursework.videos SET state = 'cancelled', ended_at = now()
                WHERE id = $1 AND job = $2 AND state = 'processing'
                """, [.integer(claim.video), .text(claim.job)])
        }
    }

    private static func lock(
        _ claim: VideoClaim, states: [String], in transaction: PostgresTransaction
    ) throws -> PostgresRow? {
        try transaction.query(
            """
            SELECT id, destination, source, folder, event, told FROM coursework.videos
            WHERE id = $1 AND job = $2 AND state = ANY($3::text[]) FOR UPDATE
            """, [.integer(claim.video), .text(claim.job), .texts(states)]
        ).first
    }
}
