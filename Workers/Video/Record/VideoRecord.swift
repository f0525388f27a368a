import Jobs
import Platform
package import PostgresClient

/// The tables of videos: what the job writes while it runs, and what those read and tidy who look after them.
///
/// A destination has one row, which the newest job holds. Whatever a job writes is guarded by that.
package struct VideoRecord: Sendable {
    package let client: PostgresClient
    /// Not long: the job comes back, and finds what was committed.
    let persistence: Persistence

    /// - Parameter client: of a database that `coursework migrate` has prepared.
    package init(_ client: PostgresClient, persistence: Persistence = Persistence(limit: .seconds(5))) {
        (self.client, self.persistence) = (client, persistence)
    }

    /// Has a job hold the destination, and writes down the folder of this attempt. Safe to repeat: a job begins often.
    /// - Returns: nil when another job has taken the destination from this one.
    package func begin(_ beginning: VideoBeginning) async throws -> VideoClaim? {
        try await persistence.run {
            try await client.transaction { try Self.begin(beginning, in: $0) }
        }
    }

    private static func begin(_ beginning: VideoBeginning, in transaction: PostgresTransaction) throws -> VideoClaim? {
        try transaction.query(
            """
            INSERT INTO coursework.videos (destination, source, job, event) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """, beginning.values)
        // Its row's lock puts the beginnings of several jobs in an order.
        let found = try transaction.query(
            "SELECT id, $2 = ANY(former_jobs) AS former, told FROM coursework.videos WHERE destination = $1 FOR UPDATE",
            [.text(beginning.destination), .text(beginning.job)])
        guard let row = found.first, try !(row["former"] as Bool) else { return nil }
        try transaction.query(claim, beginning.values)
        let claim = VideoClaim(video: try row["id"], job: beginning.job, told: try row["told"])
        if Protection.videoFolders.isOn { try note(beginning.folder, of: claim, in: transaction) }
        return claim
    }

    /// Writes down another folder of a job. Safe to repeat.
    package func note(folder: String, of claim: VideoClaim) async throws {
        try await persistence.run { try await client.transaction { try Self.note(folder, of: claim, in: $0) } }
    }

    private static func note(_ folder: String, of claim: VideoClaim, in transaction: PostgresTransaction) throws {
        try transaction.query(
            "INSERT INTO coursework.video_folders (folder, video, job) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [.text(folder), .integer(claim.video), .text(claim.job)])
    }

    private static let claim = """
        UPDATE coursework.videos SET source = $2, job = $3, event = $4, state = 'processing', reason = NULL, ended_at = NULL,
            began_at = CASE WHEN job = $3 AND state = 'processing' THEN began_at ELSE now() END,
            former_jobs = CASE WHEN job = $3 THEN former_jobs ELSE (former_jobs || job)[greatest(1, cardinality(former_jobs) - 18):] END
        WHERE destination = $1
        """

    /// Whether the job has the destination still. Waits for a newer one that is beginning.
    package func holds(_ claim: VideoClaim) async throws -> Bool {
        try await persistence.run {
            try await !client.query(
                "SELECT FROM coursework.videos WHERE id = $1 AND job = $2 FOR SHARE",
                [.integer(claim.video), .text(claim.job)]
            ).isEmpty
        }
    }
}
