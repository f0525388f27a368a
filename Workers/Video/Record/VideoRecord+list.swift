package import FoundationEssentials
import PostgresClient

extension VideoRecord {
    /// - Parameter state: nil for all.
    /// - Returns: the one that began last first.
    package func list(_ state: VideoState?, limit: Int) async throws -> [VideoDescription] {
        try await client.query(
            """
            SELECT \(VideoDescription.columns) FROM coursework.videos WHERE $1::text IS NULL OR state = $1
            ORDER BY began_at DESC, id DESC LIMIT $2
            """, [.optional(state?.rawValue), .integer(limit)]
        ).map(VideoDescription.init)
    }

    /// - Returns: nil for a destination that no job had.
    package func find(_ destination: String) async throws -> VideoDescription? {
        try await client.query(
            "SELECT \(VideoDescription.columns) FROM coursework.videos WHERE destination = $1", [.text(destination)]
        ).first.map(VideoDescription.init)
    }

    /// Those whose job waits or runs by their rows, the oldest first.
    package func processing() async throws -> [VideoDescription] {
        try await client.query(
            """
            SELECT \(VideoDescription.columns) FROM coursework.videos WHERE state = 'processing' ORDER BY began_at, id
            """
        ).map(VideoDescription.init)
    }

    /// How many jobs have lasted longer than this, and since when the first one has.
    package func unfinished(olderThan age: Duration) async throws -> (count: Int, oldest: Date?) {
        let rows = try await client.query(
            """
            SELECT count(*) AS count, extract(epoch FROM min(began_at))::float8 AS oldest
            FROM coursework.videos WHERE state = 'processing' AND began_at < now() - make_interval(secs => $1)
            """, [.double(Double(age.components.seconds))])
        let oldest: Double? = try rows.first?["oldest"]
        return (try rows.first?["count"] ?? 0, oldest.map(Date.init(timeIntervalSince1970:)))
    }
}
