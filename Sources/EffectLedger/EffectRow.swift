internal import FoundationEssentials
internal import Jobs
internal import PostgresClient

/// A row of `coursework.effects`.
struct EffectRow {
    enum State: String {
        case prepared, ambiguous, done
    }

    let state: State
    let token: String?
    let result: JobResult
    let begun: Date

    /// Reads the key's row and locks it, so that it stays as it is until the end of the transaction.
    /// Nil when it has gone.
    static func find(_ key: EffectKey, in transaction: PostgresTransaction) throws -> EffectRow? {
        let rows = try transaction.query(
            """
            SELECT state, token, result, extract(epoch FROM created_at)::float8 AS begun
            FROM coursework.effects WHERE key = $1 FOR UPDATE
            """, [.text(key.description)])
        return try rows.first.map { try EffectRow($0) }
    }

    private init(_ row: PostgresRow) throws {
        // The table allows no other.
        state = State(rawValue: try row["state"]) ?? .ambiguous
        token = try row["token"]
        result = JobResult(json: Array((try row["result"] as String? ?? "").utf8))
        begun = Date(timeIntervalSince1970: try row["begun"])
    }
}

extension JobResult {
    var column: PostgresValue { json.isEmpty ? .null : .json(json) }
}
