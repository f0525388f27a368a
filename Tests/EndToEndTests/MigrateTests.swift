import Foundation
import ProgramSupport
import Testing

@Suite("migrate", .inTurns)
struct MigrateTests {
    @Test func `shows and makes the tables, and doctor looks at them`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let environment = [
                "REDIS_URL": "unix://\(site.data)/redis/redis.sock",
                "DATABASE_URL": "postgresql://coursework@/fresh?host=\(site.data)/postgres",
            ]
            let psql = ["-h", site.data + "/postgres", "-U", "coursework", "-c", "CREATE DATABASE fresh", "coursework"]
            let made = try await site.run(program: "psql", psql)
            #expect(made.exit == .code(0), "\(made)")

            let early = try await site.run("doctor", environment: environment)
            #expect(early.exit == .code(78))
            #expect(
                early.output.contains("ERROR    migrations: 10 of 10 are pending: run coursework migrate."), "\(early)")

            let dry = try await site.run("migrate", "--dry-run", environment: environment)
            let pending = [
                "1 effects", "2 outbox", "3 outbox-ends", "4 mail", "5 quiz", "6 mail-warm-ups",
                "7 certificates", "8 videos", "9 outbox-fingerprints", "10 mail-erasures",
            ].map { "pending  \($0)\n" }
            #expect(dry.exit == .code(0) && dry.output == pending.joined(), "\(dry)")
            let first = try await site.run("migrate", "--json", environment: environment)
            #expect(first.exit == .code(0), "\(first)")
            #expect(first.output.contains(#""name":"effects","number":1,"state":"new""#), "\(first)")
            let second = try await site.run("migrate", environment: environment)
            #expect(second.exit == .code(0) && second.output == "The database is up to date.\n", "\(second)")
            let status = try await site.run("migrate", "--status", environment: environment)
            #expect(status.output.hasPrefix("applied  1 effects  20"), "\(status)")

            let doctor = try await site.run("doctor", environment: environment)
            #expect(doctor.exit == .code(0), "\(doctor)")
            #expect(doctor.output.contains("ok       migrations: all 10 applied."), "\(doctor)")
            #expect(
                doctor.output.contains("ok       outbox: 0 rows unsent, 0 sent and not known to have ended."),
                "\(doctor)")
            #expect(doctor.output.contains("ok       database durability: synchronous_commit is on."), "\(doctor)")

            let refused = try await site.run(
                "enqueue", "email.send", "--unchecked", "--durable", "--at", "2500-01-01T00:00:00Z",
                environment: environment)
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(
                refused.errors.hasPrefix(
                    "coursework: The row is refused: run_at must be between the years 2000 and 2200.\n"), "\(refused)")
        }
    }

    @Test(arguments: [
        ("", 78, "No database is configured: set DATABASE_URL, or database.url in the configuration."),
        (
            "postgresql://ada:s3cret@127.0.0.1:1/db", 69,
            """
            PostgreSQL at postgresql://127.0.0.1:1/db cannot be reached: Connection refused. \
            Start it, or set DATABASE_URL to where it is.
            """
        ),
    ])
    func `says what is missing`(url: String, code: Int32, message: String) async throws {
        try await Site.with(nil, redis: nil) { site in
            let finished = try await site.run("migrate", environment: ["DATABASE_URL": url])
            #expect(finished.exit == .code(code))
            #expect(finished.errors == "coursework: \(message)\n")
        }
    }
}
