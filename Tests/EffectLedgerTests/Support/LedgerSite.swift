import Database
import EffectLedger
import Jobs
import Platform
import PostgresClient
import TestSupport
import Testing

/// A migrated database with a table for effects.
struct LedgerSite {
    let client: PostgresClient
    let ledger: EffectLedger

    static let job = JobID("default:1-0")!

    static func prepare(_ configuration: PostgresConfiguration, loop: EventLoop) async throws {
        _ = try await Migrator(configuration, loop: loop).migrate()
        let client = PostgresClient(configuration, name: "preparing", loop: loop)
        try await client.query("CREATE TABLE applied (key text, run int)")
        client.close()
    }

    /// What the table holds, counted by key.
    func applied() async throws -> [String: Int] {
        let rows = try await client.query("SELECT key, count(*) AS n FROM applied GROUP BY key")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0["key"], try $0["n"]) })
    }

    /// Applies the effect; its result is the number of the run that did it.
    @discardableResult
    func apply(_ key: String, runs: Tally<String> = Tally()) async throws -> JobResult {
        try await Self.apply(key, through: ledger, runs: runs)
    }

    @discardableResult
    static func apply(_ key: String, through ledger: EffectLedger, runs: Tally<String>) async throws -> JobResult {
        try await ledger.once(try EffectKey(key), job: job) { transaction in
            runs.add(key)
            let run = runs.counts[key] ?? 0
            try transaction.query("INSERT INTO applied VALUES ($1, $2)", [.text(key), .integer(run)])
            return try JobResult(encoding: run)
        }
    }
}

func withLedger(_ body: (LedgerSite, TestPostgres) async throws -> Void) async throws {
    try await withPostgres { postgres in
        try await LedgerSite.prepare(postgres.configuration, loop: postgres.loop)
        try await body(LedgerSite(client: postgres.client, ledger: EffectLedger(postgres.client)), postgres)
    }
}
