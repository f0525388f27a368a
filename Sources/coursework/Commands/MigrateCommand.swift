import Audit
import Database
import Platform
import Reports

/// `coursework migrate`: the tables this program needs.
struct MigrateCommand: AuditedCommand {
    static let name = "migrate"
    static let summary = "make the tables in the database, or bring them up to date"
    static let help = """
        Applies the migrations that the database lacks to its schema `coursework`, each in one transaction.
        Several may run at once, and running it again does nothing: run it before every deployment.

        Usage: coursework migrate [--dry-run | --status] [--reason TEXT] [--json] [--config FILE]

          --dry-run   only show what would be applied
          --status    only show every migration, applied or pending
          --reason    why, for the audit trail, which is in Redis: that must be there to apply something
          --json      print [{"number":1,"name":"effects","state":"new|applied|pending","applied_at":…},…]

        The database is the one of DATABASE_URL or of database.url in the configuration; the user must be
        allowed to create a schema in it, or own the schema `coursework`.
        Exits with 69 when it cannot be reached, with 78 when it belongs to a newer coursework.
        """

    static let actions = ["": ["database.migrate"]]

    let setup: Setup
    private let dryRun: Bool
    private let status: Bool
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        dryRun = arguments.flag("--dry-run")
        status = arguments.flag("--status")
        json = arguments.flag("--json")
        guard !(dryRun && status) else {
            throw CommandFailure(.usage, "--dry-run and --status are two different questions: ask one.")
        }
    }

    var action: String? { dryRun || status ? nil : "database.migrate" }

    /// What is up to date needs no Redis.
    func target() async throws -> AuditTarget? {
        let pending = try await migrator().status().filter { $0.appliedAt == nil }
        return pending.isEmpty
            ? nil : AuditTarget(pending.map { "\($0.migration.number) \($0.migration.name)" }.joined(separator: ", "))
    }

    private func migrator() throws -> Migrator {
        guard let database = try setup.database else {
            throw CommandFailure(
                .configuration, "No database is configured: set DATABASE_URL, or database.url in the configuration.")
        }
        return Migrator(database, loop: try EventLoop())
    }

    func run() async throws {
        let migrator = try migrator()
        let new = dryRun || status ? [] : try await migrator.migrate()
        setup.note.count("applied", new.count)
        let all = try await migrator.status().map { MigrationReport($0, new: new) }
        let reports = status ? all : all.filter { $0.state != .applied }
        if json { return Terminal.print(JSONText.of(reports)) }
        if reports.isEmpty { return Terminal.print("The database is up to date.") }
        for report in reports { Terminal.print(report.line) }
    }
}
