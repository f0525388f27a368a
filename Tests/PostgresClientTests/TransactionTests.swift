import Dispatch
import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("Transactions", .timeLimit(.minutes(2)))
struct TransactionTests {
    private struct Refusal: Error {}

    @Test func `all of it is done, or, when something is thrown, nothing`() async throws {
        try await withCounter { postgres in
            let value = try await postgres.client.transaction { transaction in
                try transaction.query("UPDATE counter SET n = n + 1")
                return try #require(try transaction.query("SELECT n FROM counter").first)["n"] as Int
            }
            #expect(value == 1)
            await #expect(throws: Refusal.self) {
                try await postgres.client.transaction { transaction in
                    try transaction.query("UPDATE counter SET n = n + 1")
                    throw Refusal()
                }
            }
            try await postgres.expectCount(1)
        }
    }

    @Test func `a failure that the closure keeps to itself is a failure all the same`() async throws {
        try await withCounter { postgres in
            let error = await #expect(throws: PostgresError.self) {
                try await postgres.client.transaction { transaction in
                    try transaction.query("UPDATE counter SET n = n + 1")
                    _ = try? transaction.query("SELECT 1/0")
                }
            }
            #expect(error?.message.contains("rolled back") == true && error?.mayHaveCommitted == false)
            try await postgres.expectCount(0)
        }
    }

    @Test(arguments: ["40001", "40P01"])
    func `what lost against another is run again`(state: String) async throws {
        try await withCounter { postgres in
            let runs = Tally<String>()
            try await postgres.client.transaction { transaction in
                runs.add(state)
                try transaction.query("UPDATE counter SET n = n + 1")
                if runs.total < 5 { try transaction.script(raise(state)) }
            }
            #expect(runs.total == 5)
            try await postgres.expectCount(1)
        }
    }

    @Test(arguments: ["40001", "40P01"])
    func `but not for ever, whatever the closure makes of the error`(state: String) async throws {
        try await withCounter { postgres in
            let runs = Tally<String>()
            await #expect(throws: Refusal.self) {
                try await postgres.client.transaction { transaction in
                    runs.add(state)
                    do { try transaction.script(raise(state)) } catch { throw Refusal() }
                }
            }
            #expect(runs.total == 5)
            let error = await #expect(throws: PostgresError.self) {
                try await postgres.client.transaction { try $0.script(raise(state)) }
            }
            #expect(error?.state?.rawValue == state && error?.isTransient == true)
        }
    }

    @Test func `any other failure is not tried again`() async throws {
        try await withCounter { postgres in
            let runs = Tally<Int>()
            await #expect(throws: PostgresError.self) {
                try await postgres.client.transaction { transaction in
                    runs.add(1)
                    try transaction.query("SELECT 1/0")
                }
            }
            #expect(runs.total == 1)
        }
    }

    @Test func `two that lock each other out both succeed`() async throws {
        try await withCounter { postgres in
            try await postgres.client.query("INSERT INTO counter VALUES (2, 0)")
            let (first, second) = (Promise<Void>(), Promise<Void>())
            @Sendable func update(_ id: Int, then other: Int, _ mine: Promise<Void>, _ others: Promise<Void>)
                async throws
            {
                try await postgres.client.transaction { transaction in
                    try transaction.query("SET LOCAL deadlock_timeout = '20ms'")
                    try transaction.query("UPDATE counter SET n = n + 1 WHERE id = $1", [.integer(id)])
                    mine.complete(with: ())
                    while others.value == nil { try transaction.query("SELECT pg_sleep(0.002)") }
                    try transaction.query("UPDATE counter SET n = n + 1 WHERE id = $1", [.integer(other)])
                }
            }
            async let one: Void = update(1, then: 2, first, second)
            async let two: Void = update(2, then: 1, second, first)
            _ = try await (one, two)
            try await postgres.expectCount(4)
        }
    }

    @Test func `snapshots that collide are taken again`() async throws {
        try await withCounter { postgres in
            let both = [Promise<Void>(), Promise<Void>()]
            try await withThrowingTaskGroup { group in
                for mine in 0..<2 {
                    group.addTask {
                        try await postgres.client.transaction(isolation: .serializable) { transaction in
                            let n: Int = try #require(try transaction.query("SELECT n FROM counter").first)["n"]
                            both[mine].complete(with: ())
                            while both[1 - mine].value == nil { try transaction.query("SELECT pg_sleep(0.002)") }
                            try transaction.query("UPDATE counter SET n = $1", [.integer(n + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await postgres.expectCount(2)
        }
    }

    @Test(arguments: [true, false])
    func `cut off around COMMIT, the caller is told that it may have been done`(isDone: Bool) async throws {
        try await withCounter { postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            _ = try await client.query("SELECT 1")
            proxy.set(isDone ? .cutAnswer(containing: "COMMIT\0") : .cutRequest(containing: "COMMIT\0"))
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction { try $0.query("UPDATE counter SET n = n + 1") }
            }
            #expect(error?.code == .connectionLost && error?.mayHaveCommitted == true)
            try await postgres.expectCount(isDone ? 1 : 0)
            proxy.set(.cutAnswer(containing: "UPDATE 1\0"))
            let early = await #expect(throws: PostgresError.self) {
                try await client.transaction { try $0.query("UPDATE counter SET n = n + 1") }
            }
            #expect(early?.code == .connectionLost && early?.mayHaveCommitted == false)
            let single = await #expect(throws: PostgresError.self) {
                try await client.query("UPDATE counter SET n = 7")
            }
            #expect(single?.mayHaveCommitted == true)
            proxy.set(.none)
            #expect(try await client.query("SELECT 1").count == 1)
        }
    }

    @Test func `who holds a lock and asks for nothing more loses it`() async throws {
        try await withCounter { postgres in
            let frozen = postgres.newClient { $0.idleTransactionTimeout = .milliseconds(50) }
            defer { frozen.close() }
            let (begun, thawed) = (Promise<Void>(), DispatchSemaphore(value: 0))
            let task = Task {
                try await frozen.transaction { transaction in
                    try transaction.query("UPDATE counter SET n = n + 1")
                    begun.complete(with: ())
                    thawed.wait()
                    try transaction.query("UPDATE counter SET n = n + 1")
                }
            }
            _ = try await value(of: begun, "it has the lock")
            try await postgres.client.query("UPDATE counter SET n = n + 10")
            thawed.signal()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.code == .connectionLost && error?.isTransient == true && error?.mayHaveCommitted == false)
            try await postgres.expectCount(10)
        }
    }

    @Test func `a connection lost at BEGIN has changed nothing`() async throws {
        try await withCounter { postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            _ = try await client.query("SELECT 1")
            for words in ["BEGIN", "never prepared"] {
                proxy.set(.cutRequest(containing: words))
                let error = await #expect(throws: PostgresError.self) {
                    if words == "BEGIN" { try await client.transaction { _ in } }
                    try await client.query("SELECT 'never prepared'")
                }
                #expect(error?.code == .connectionLost && error?.mayHaveCommitted == false)
                proxy.set(.none)
            }
        }
    }

    @Test func `cancelled inside, it is rolled back`() async throws {
        try await withCounter { postgres in
            let begun = Promise<Void>()
            let task = Task {
                try await postgres.client.transaction { transaction in
                    try transaction.query("UPDATE counter SET n = n + 1")
                    begun.complete(with: ())
                    try transaction.query("SELECT pg_sleep(60)")
                }
            }
            _ = try await value(of: begun, "it has begun")
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            // The row is free again only when the server has rolled back.
            try await postgres.client.query("UPDATE counter SET n = n")
            try await postgres.expectCount(0)
        }
    }

    private func raise(_ state: String) -> String { "DO $$ BEGIN RAISE SQLSTATE '\(state)'; END $$" }

    private func withCounter(_ body: (TestPostgres) async throws -> Void) async throws {
        try await withPostgres { postgres in
            try await postgres.client.query("CREATE TABLE counter (id int PRIMARY KEY, n int)")
            try await postgres.client.query("INSERT INTO counter VALUES (1, 0)")
            try await body(postgres)
        }
    }
}

extension TestPostgres {
    fileprivate func expectCount(_ expected: Int, at location: SourceLocation = #_sourceLocation) async throws {
        let count: Int = try #require(try await client.query("SELECT sum(n) AS n FROM counter").first)["n"]
        #expect(count == expected, sourceLocation: location)
    }
}
