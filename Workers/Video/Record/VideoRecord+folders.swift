import PostgresClient

/// What lies in the storage.
extension VideoRecord {
    /// Folders that are no video's: of versions that were replaced, and of attempts that died. A job that another one took
    /// the destination from may write into one of them still; only Redis knows.
    /// - Parameters:
    ///   - replaced: how long a version is kept after another one took its place.
    ///   - abandoned: how long a folder is kept that never became a version, once its job has ended.
    ///   - last: the key after which to begin.
    package func leftovers(
        replaced: Duration, abandoned: Duration, after last: String = "", limit: Int
    ) async throws -> [VideoFolder] {
        try await client.query(
            """
            SELECT \(VideoFolder.columns) FROM coursework.video_folders f JOIN coursework.videos v ON v.id = f.video
            WHERE f.folder IS DISTINCT FROM v.folder AND f.folder > $3 AND CASE
                WHEN v.state = 'erased' THEN true
                WHEN f.replaced_at IS NOT NULL THEN f.replaced_at <= now() - make_interval(secs => $1)
                ELSE f.created_at <= now() - make_interval(secs => $2) AND (v.state <> 'processing' OR v.job <> f.job)
            END ORDER BY f.folder LIMIT $4
            """,
            [
                .double(Double(replaced.components.seconds)), .double(Double(abandoned.components.seconds)),
                .text(last), .integer(limit),
            ]
        ).map(VideoFolder.init)
    }

    /// All folders of a video.
    package func folders(of video: VideoDescription) async throws -> [VideoFolder] {
        try await client.query(
            """
            SELECT \(VideoFolder.columns) FROM coursework.video_folders f JOIN coursework.videos v ON v.id = f.video
            WHERE v.id = $1 ORDER BY f.folder
            """, [.integer(video.id)]
        ).map(VideoFolder.init)
    }

    /// Whether an attempt of this job may have written into it.
    package func wrote(_ claim: VideoClaim, into folder: String) async throws -> Bool {
        try await !client.query(
            "SELECT FROM coursework.video_folders WHERE folder = $1 AND video = $2 AND job = $3",
            [.text(folder), .integer(claim.video), .text(claim.job)]
        ).isEmpty
    }

    /// - Parameter folder: what is empty now.
    package func forget(folder: String) async throws {
        _ = try await persistence.run {
            try await client.query("DELETE FROM coursework.video_folders WHERE folder = $1", [.text(folder)])
        }
    }

    /// Takes a video out of the tables: where it came from, and what is published. Its folders are left to whoever deletes
    /// them.
    /// - Returns: false when its job waits or runs: it would publish it again.
    package func erase(_ video: VideoDescription) async throws -> Bool {
        try await !client.query(
            """
            UPDATE coursework.videos SET state = 'erased', source = NULL, reason = NULL, told = NULL, folder = NULL,
                fingerprint = NULL, master = NULL, progressive = NULL, poster = NULL, storyboard = NULL, captions = NULL,
                renditions = NULL, duration = NULL, frame_rate = NULL, bytes = NULL, published_at = NULL
            WHERE id = $1 AND state <> 'processing' RETURNING id
            """, [.integer(video.id)]
        ).isEmpty
    }
}
