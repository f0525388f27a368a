public import Platform
public import PostgresClient

/// Brings the schema `coursework` of a database to what this program needs.
///
/// Any number may run at once: an advisory lock lets one at a time apply a file, and the others then find it applied.
/// Each file is one transaction, recorded in `coursework.migrations` together with it.
public struct Migrator: Sendable {
    /// Chosen once; other users of advisory locks in the database take other numbers.
    private static let lock = "SELECT pg_advisory_xact_lock(7230185001)"

    private let migrations: [Migration]
    private let client: PostgresClient

    public init(_ configuration: PostgresConfiguration, loop: EventLoop) {
        self.init(configuration, migrations: Migration.all, loop: loop)
    }

    init(_ configuration: PostgresConfiguration, migrations: [Migration], loop: EventLoop) {
        var configuration = configuration
        configuration.connections = 1
        // A large table takes its time, and so does another program that migrates.
        configuration.statementTimeout = .zero
        configuration.answerTimeout = .seconds(24 * 3600)
        self.migrations = migrations
        client = PostgresClient(configuration, name: "coursework-migrate", loop: loop)
    }

    /// Every migration there is, applied or not.
    /// - Throws: ``MigrationError`` when the database is not this program's, `PostgresError`.
    public func status() async throws -> [MigrationStatus] {
        try await client.transaction { transaction in
            try Self.status(of: migrations, in: transaction)
        }
    }

    /// Applies what is pending.
    /// - Returns: what this call applied.
    /// - Throws: ``MigrationError``, `PostgresError`. What was applied before stays.
    public func migrate() async throws -> [Migration] {
        try await client.transaction { try Self.prepare($0) }
        var applied: [Migration] = []
        for status in try await status() where status.appliedAt == nil {
            if try await apply(status.migration) { applied.append(status.migration) }
        }
        return applied
    }

    private static func prepare(_ transaction: PostgresTransaction) throws {
        try transaction.query(lock)
        // Not IF NOT EXISTS: that asks for the right to create even when there is nothing to create.
        if try !exists("to_regnamespace('coursework')", transaction) {
            try transaction.query("CREATE SCHEMA coursework")
        }
        guard try !exists("to_regclass('coursework.migrations')", transaction) else { return }
        try transaction.query(
            """
            CREATE TABLE coursework.migrations (
                number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())
            """)
    }

    private static func exists(_ lookup: String, _ transaction: PostgresTransaction) throws -> Bool {
        try transaction.query("SELECT \(lookup) IS NOT NULL").first.map { try $0[0] } ?? false
    }

    /// False when another program has applied it meanwhile.
    private func apply(_ migration: Migration) async throws -> Bool {
        try await client.transaction { transaction in
            try transaction.query(Self.lock)
            let status = try Self.status(of: migrations, in: transaction)
            guard status.contains(MigrationStatus(migration: migration, appliedAt: nil)) else { return false }
            do {
                try transaction.script(migration.sql)
            } catch let error as PostgresError where error.code == .server && !error.isTransient {
                throw MigrationError.failed(migration, error.message)
            }
            try transaction.query(
                """
                INSERT INTO coursework.migrations (number, name, checksum)
                VALUES ($1, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))
                """, [.integer(migration.number), .text(migration.name), .text(migration.sql)])
            return true
        }
    }

    private static func status(
        of migrations: [Migration], in transaction: PostgresTransaction
    ) throws -> [MigrationStatus] {
        guard try exists("to_regclass('coursework.migrations')", transaction) else {
            return migrations.map { MigrationStatus(migration: $0, appliedAt: nil) }
        }
        let rows = try transaction.query(
            """
            SELECT number, a.name, checksum = encode(sha256(convert_to(sql, 'UTF8')), 'hex') AS same,
                to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS applied_at
            FROM coursework.migrations a FULL JOIN unnest($1::int[], $2::text[]) AS known (number, sql) USING (number)
            ORDER BY number
            """, [.integers(migrations.map(\.number)), .texts(migrations.map(\.sql))])
        return try rows.map { try status(of: $0, among: migrations) }
    }

    private static func status(of row: PostgresRow, among migrations: [Migration]) throws -> MigrationStatus {
        let (number, appliedAt): (Int, String?) = (try row["number"], try row["applied_at"])
        guard let migration = migrations.first(where: { $0.number == number }) else {
            throw MigrationError.newer(number, try row["name"])
        }
        let isSame: Bool? = try row["same"]
        guard isSame != false else { throw MigrationError.changed(migration) }
        return MigrationStatus(migration: migration, appliedAt: appliedAt)
    }
}
