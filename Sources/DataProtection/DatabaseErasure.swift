public import PostgresClient

/// Takes a person out of the tables that belong to no domain: the outbox and the ledger of effects. It also tells where a
/// person is still named, in whatever table.
public struct DatabaseErasure: Sendable {
    private static let rowsAtOnce = 500

    private let search: SubjectSearch
    private let client: PostgresClient
    /// What stands for a name that may be needed to tell one effect from another.
    private let hash: @Sendable (String) -> String

    public init(
        _ search: SubjectSearch, client: PostgresClient, hash: @escaping @Sendable (_ name: String) -> String
    ) {
        (self.search, self.client, self.hash) = (search, client, hash)
    }

    public func erase(dryRun: Bool) async throws -> ErasureCounts {
        var counts = ErasureCounts()
        counts.count(.outbox, try await outbox(dryRun))
        counts.count(.effects, try await effects(dryRun))
        return counts
    }

    /// Rows of the outbox, whatever became of their jobs. To be erased before Redis: one that the relay is sending is waited
    /// for, and its job is found there.
    private func outbox(_ isDryRun: Bool) async throws -> Int {
        var ids: Set<String> = []
        for name in search.subject.names {
            var last = 0
            while true {
                let rows = try await client.query(
                    """
                    SELECT sequence, id::text AS id, type, args::text AS args FROM coursework.outbox
                    WHERE sequence > $1 AND position(lower($2) IN lower(args::text)) > 0 ORDER BY sequence LIMIT $3
                    """, [.integer(last), .text(name), .integer(Self.rowsAtOnce)])
                for row in rows {
                    last = try row["sequence"]
                    let (type, args): (String, String) = (try row["type"], try row["args"])
                    if search.isAbout(Array(args.utf8), of: type) { ids.insert(try row["id"]) }
                }
                if rows.count < Self.rowsAtOnce { break }
            }
        }
        guard !isDryRun, !ids.isEmpty else { return ids.count }
        return try await client.query(
            "DELETE FROM coursework.outbox WHERE id = ANY($1::uuid[])", [.texts(Array(ids))]
        ).affected
    }

    /// An effect stays, so that it is not applied again; its key becomes a hash, and what it came to is gone.
    private func effects(_ isDryRun: Bool) async throws -> Int {
        var count = 0
        for name in search.subject.names {
            let rows = try await client.query(
                """
                SELECT key, result::text AS result FROM coursework.effects
                WHERE position(lower($1) IN lower(key || ' ' || coalesce(result::text, ''))) > 0
                """, [.text(name)])
            for row in rows {
                let (key, result): (String, String?) = (try row["key"], try row["result"])
                let isInKey = search.subject.isMentioned(in: key)
                guard isInKey || search.subject.isMentioned(in: result ?? "") else { continue }
                count += 1
                guard !isDryRun else { continue }
                try await client.query(
                    "UPDATE coursework.effects SET key = $2, result = NULL WHERE key = $1",
                    [.text(key), .text(isInKey ? "erased:\(hash(key))" : key)])
            }
        }
        return count
    }

    /// How many rows of which tables still name the person, as a word of its own. Reads all there is.
    public func mentions() async throws -> [String: Int] {
        let tables = try await client.query(
            """
            SELECT table_name::text AS name FROM information_schema.tables
            WHERE table_schema = 'coursework' AND table_type = 'BASE TABLE' ORDER BY 1
            """
        ).map { try $0["name"] as String }
        var mentions: [String: Int] = [:]
        for table in tables {
            for name in search.subject.names {
                let count: Int =
                    try await client.query(
                        "SELECT count(*) AS count FROM coursework.\(PostgresIdentifier.quoted(table)) AS t WHERE lower(t::text) ~ $1",
                        [.text(Self.word(name))]
                    ).first.map { try $0["count"] } ?? 0
                if count > 0 { mentions[table, default: 0] += count }
            }
        }
        return mentions
    }

    private static func word(_ name: String) -> String {
        let escaped = name.lowercased().map { $0.isLetter || $0.isNumber ? "\($0)" : "\\\($0)" }.joined()
        return "(^|[^[:alnum:]_@])\(escaped)($|[^[:alnum:]_@])"
    }
}
