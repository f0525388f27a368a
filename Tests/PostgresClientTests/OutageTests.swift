import Glibc
import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("A PostgreSQL server in trouble", .timeLimit(.minutes(3)))
struct OutageTests {
    @Test func `restarted in the middle of work, it is used again at once`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .seconds(30) }
            defer { client.close() }
            try await client.query("CREATE TABLE t (id bigint PRIMARY KEY)")
            let written = Tally<Int>()
            let stop = Promise<Void>()
            let writers = (0..<8).map { writer in
                Task { await write(from: writer, step: 8, client, written, until: stop) }
            }
            for _ in 0..<2 {
                let before = written.total
                try await eventually("rows are written") { written.total > before + 100 }
                await postgres.kill()
                try await postgres.start()
                let back = MonotonicTime.now
                let after = written.total
                try await eventually(within: .seconds(10), "rows are written again") { written.total > after + 100 }
                #expect(MonotonicTime.now.since(back) < .seconds(10))
            }
            stop.complete(with: ())
            for writer in writers { await writer.value }
            // What was answered is there: the server crashed, its disk did not.
            let rows = try await client.query("SELECT id FROM t")
            let lost = Set(written.counts.keys).subtracting(try rows.map { try $0["id"] as Int })
            #expect(lost.isEmpty)
        }
    }

    private func write(
        from first: Int, step: Int, _ client: PostgresClient, _ written: Tally<Int>, until stop: Promise<Void>
    ) async {
        var id = first
        while stop.value == nil {
            do {
                try await client.query("INSERT INTO t VALUES ($1)", [.integer(id)])
                written.add(id)
            } catch {
                #expect((error as? PostgresError)?.isTransient == true, "\(error)")
            }
            id += step
        }
    }

    @Test func `a backend that is killed costs the calls in flight, and none that waits for the server`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .seconds(30) }
            defer { client.close() }
            let id = try await backend(of: client)
            let error = await #expect(throws: PostgresError.self) {
                async let sleeping = client.query("SELECT pg_sleep(60)")
                try await Task.sleep(for: .milliseconds(50))
                Glibc.kill(pid_t(id), SIGKILL)
                _ = try await sleeping
            }
            #expect(error?.code == .connectionLost && error?.isTransient == true)
            // The server ends every other backend too, also one that was begun before it noticed.
            try await eventually("it is used again") { (try? await client.query("SELECT 1"))?.count == 1 }
        }
    }

    @Test func `killed without a chance to say so, it starts again on the same data`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .seconds(30) }
            defer { client.close() }
            try await client.query("CREATE TABLE t AS SELECT 1 AS n")
            postgres.process.send(signal: SIGKILL)
            _ = await postgres.process.exit()
            try await postgres.start()
            try await eventually("it is used again") { (try? await client.query("SELECT * FROM t"))?.count == 1 }
        }
    }

    @Test func `frozen, it costs no more than the deadline`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient {
                $0.connections = 1
                $0.answerTimeout = .milliseconds(200)
                $0.connectTimeout = .milliseconds(200)
                $0.waitTimeout = .milliseconds(400)
            }
            defer { client.close() }
            let id = try await backend(of: client)
            _ = try await client.query("SELECT 1")
            postgres.freeze(backend: id)
            let late = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(late?.code == .timeout && late?.mayHaveCommitted == true)
            let away = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(away?.code == .unavailable && away?.mayHaveCommitted == false)
            postgres.thaw(backend: id)
            try await eventually("it is used again") { (try? await client.query("SELECT 1")) != nil }
        }
    }

    @Test func `away, every caller hears of it in one sentence, in time`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .milliseconds(300) }
            defer { client.close() }
            await postgres.kill()
            let callers = (0..<20).map { _ in Task { try await client.query("SELECT 1") } }
            for caller in callers {
                let error = await #expect(throws: PostgresError.self) { try await caller.value }
                #expect(error?.code == .unavailable && error?.mayHaveCommitted == false)
            }
            try await postgres.start()
            try await eventually("it is used again") { (try? await client.query("SELECT 1")) != nil }
        }
    }

    @Test func `a password or a database that is not right is said at once, without the password`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient()
            defer { client.close() }
            try await client.query("CREATE ROLE ada LOGIN PASSWORD 'hunter2'")
            try postgres.requirePassword(of: "ada")
            try await client.query("SELECT pg_reload_conf()")
            func refusal(_ change: (inout PostgresConfiguration) -> Void) async throws -> PostgresError {
                let client = postgres.newClient(change)
                defer { client.close() }
                return try #require(await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") })
            }
            try await eventually("passwords are asked for") {
                try await refusal { $0.user = "ada" }.message.contains("wants a password")
            }
            let wrong = try await refusal {
                $0.user = "ada"
                $0.password = Secret("s3cret")
            }
            #expect(wrong.code == .refused && wrong.state == .invalidPassword && !wrong.isTransient)
            #expect(wrong.message.hasSuffix("refused the user 'ada'; check the user and the password in DATABASE_URL."))
            #expect(!wrong.message.contains("s3cret"))
            let unknown = try await refusal { $0.database = "nowhere" }
            #expect(unknown.code == .refused && unknown.state == .unknownDatabase)
            #expect(unknown.message.contains("has no database 'nowhere'"))
            let nobody = try await refusal { $0.user = "nobody at all" }
            #expect(nobody.code == .refused && nobody.message.contains("refused the user 'nobody at all'"))
            let right = postgres.newClient {
                $0.user = "ada"
                $0.password = Secret("hunter2")
            }
            defer { right.close() }
            #expect(try await right.query("SELECT 1").count == 1)
        }
    }

    private func backend(of client: PostgresClient) async throws -> Int {
        try #require(try await client.query("SELECT pg_backend_pid() AS id").first)["id"]
    }
}
