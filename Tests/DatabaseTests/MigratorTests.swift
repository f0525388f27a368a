import Platform
import PostgresClient
import TestSupport
import Testing

@testable import Database

@Suite("Migrations", .timeLimit(.minutes(2)))
struct MigratorTests {
    private static let first = Migration(file: "0001-one.sql", sql: Array("CREATE TABLE coursework.one (n int);".utf8))
    private static let second = Migration(
        file: "0002-two.sql",
        sql: Array("INSERT INTO coursework.one VALUES (1); -- a comment\nCREATE TABLE coursework.two (n int);".utf8))

    @Test func `the program's own are numbered without a gap and all apply`() async throws {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        try await withPostgres { postgres in
            let migrator = Migrator(postgres.configuration, loop: postgres.loop)
            try await migrator.expectToApply(Migration.all)
            try await migrator.expectToApply([])
        }
    }

    @Test func `what is pending is applied in order, once`() async throws {
        try await withPostgres { postgres in
            try await migrator(postgres, [Self.first]).expectPending([1])
            try await migrator(postgres, [Self.first]).expectToApply([Self.first])
            let both = migrator(postgres, [Self.first, Self.second])
            try await both.expectPending([2])
            try await both.expectToApply([Self.second])
            try await both.expectPending([])
            #expect(try await postgres.client.query("SELECT * FROM coursework.one").count == 1)
        }
    }

    @Test func `many that run at once apply each once`() async throws {
        try await withPostgres { postgres in
            let applied = try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { try await migrator(postgres, [Self.first, Self.second]).migrate() }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.map(\.number).sorted() == [1, 2])
        }
    }

    @Test func `one that fails leaves nothing of itself`() async throws {
        try await withPostgres { postgres in
            let broken = Migration(
                file: "0002-bad.sql", sql: Array("CREATE TABLE coursework.bad (n int); SELECT 1/0;".utf8))
            let error = await #expect(throws: MigrationError.self) {
                try await migrator(postgres, [Self.first, broken]).migrate()
            }
            #expect(error?.description.hasPrefix("The migration 2 (bad) failed and was rolled back") == true)
            let left = try await postgres.client.query("SELECT to_regclass('coursework.bad')::text AS name")
            let name: String? = try #require(left.first)["name"]
            #expect(name == nil)
            try await migrator(postgres, [Self.first, Self.second]).expectToApply([Self.second])
        }
    }

    @Test func `a database of a newer program is refused`() async throws {
        try await withPostgres { postgres in
            _ = try await migrator(postgres, [Self.first, Self.second]).migrate()
            for attempt in [true, false] {
                let error = await #expect(throws: MigrationError.self) {
                    let old = migrator(postgres, [Self.first])
                    _ = attempt ? try await old.migrate().count : try await old.status().count
                }
                #expect(error == .newer(2, "two"))
            }
        }
    }

    @Test func `an applied file that has changed is refused`() async throws {
        try await withPostgres { postgres in
            _ = try await migrator(postgres, [Self.first]).migrate()
            let changed = Migration(file: "0001-one.sql", sql: Array("CREATE TABLE coursework.one (n bigint);".utf8))
            let error = await #expect(throws: MigrationError.self) {
                try await migrator(postgres, [changed, Self.second]).migrate()
            }
            #expect(error == .changed(changed))
        }
    }

    private func migrator(_ postgres: TestPostgres, _ migrations: [Migration]) -> Migrator {
        Migrator(postgres.configuration, migrations: migrations, loop: postgres.loop)
    }
}

extension Migrator {
    fileprivate func expectToApply(_ expected: [Migration], at location: SourceLocation = #_sourceLocation) async throws
    {
        let applied = try await migrate()
        #expect(applied == expected, sourceLocation: location)
    }

    fileprivate func expectPending(_ numbers: [Int], at location: SourceLocation = #_sourceLocation) async throws {
        let pending = try await status().filter { $0.appliedAt == nil }.map(\.migration.number)
        #expect(pending == numbers, sourceLocation: location)
    }
}
