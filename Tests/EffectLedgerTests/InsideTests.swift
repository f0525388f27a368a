import EffectLedger
import Jobs
import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("Effects inside the database", .timeLimit(.minutes(3)))
struct InsideTests {
    private struct Refusal: Error {}

    @Test func `are applied once, and the result is kept`() async throws {
        try await withLedger { site, _ in
            let runs = Tally<String>()
            let results = [try await site.apply("a", runs: runs), try await site.apply("a", runs: runs)]
            let one = try JobResult(encoding: 1)
            #expect(results == [one, one])
            #expect(runs.total == 1)
            let applied = try await site.applied()
            #expect(applied == ["a": 1])
        }
    }

    @Test(arguments: ["", #"null"#, #"{"b": 1, "a": ["é", "\u0000"], "b": 2}"#, #""text""#])
    func `results come back as they were`(json: String) async throws {
        try await withLedger { site, _ in
            let result = JobResult(json: Array(json.utf8))
            let key = try EffectKey("result")
            let first = try await site.ledger.once(key, job: LedgerSite.job) { _ in result }
            let second = try await site.ledger.once(key, job: LedgerSite.job) { _ in throw Refusal() }
            #expect(first == result && second == result)
        }
    }

    @Test func `thirty-two at once, one effect and one result`() async throws {
        try await withLedger { site, postgres in
            let runs = Tally<String>()
            let clients = (0..<4).map { _ in postgres.newClient { $0.connections = 8 } }
            defer { for client in clients { client.close() } }
            let results = try await withThrowingTaskGroup { group in
                for number in 0..<32 {
                    let ledger = EffectLedger(clients[number % 4])
                    group.addTask { try await LedgerSite.apply("shared", through: ledger, runs: runs) }
                }
                return try await group.reduce(into: [JobResult]()) { $0.append($1) }
            }
            #expect(results.count == 32 && Set(results.map(\.json)).count == 1)
            let applied = try await site.applied()
            #expect(applied == ["shared": 1])
        }
    }

    @Test func `one that fails leaves the way free for the next, who waited`() async throws {
        try await withLedger { site, _ in
            let (begun, release) = (Promise<Void>(), Promise<Void>())
            let failing = Task {
                try await site.ledger.once(try EffectKey("a"), job: LedgerSite.job) { transaction in
                    try transaction.query("INSERT INTO applied VALUES ('a', 0)")
                    begun.complete(with: ())
                    while release.value == nil { try transaction.query("SELECT pg_sleep(0.002)") }
                    throw Refusal()
                }
            }
            _ = try await value(of: begun, "it has begun")
            let waiting = Task { try await site.apply("a") }
            try await eventually("the other waits") {
                let rows = try await site.client.query(
                    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'")
                return rows.count == 1
            }
            release.complete(with: ())
            await #expect(throws: Refusal.self) { try await failing.value }
            _ = try await waiting.value
            let applied = try await site.applied()
            #expect(applied == ["a": 1])
        }
    }

    @Test(arguments: [true, false])
    func `cut off around COMMIT, it is found out`(isDone: Bool) async throws {
        try await withLedger { site, postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            let runs = Tally<String>()
            proxy.set(isDone ? .cutAnswer(containing: "COMMIT\0") : .cutRequest(containing: "COMMIT\0"))
            let ledger = EffectLedger(client, persistence: Persistence(pause: .milliseconds(5)))
            let task = Task { try await LedgerSite.apply("a", through: ledger, runs: runs) }
            // Where it was committed, the cut meets every later try that reads the result, too.
            try await eventually("it was cut off") { runs.total >= 1 && proxy.cuts >= 2 }
            proxy.set(.none)
            let result = try await task.value
            let applied = try await site.applied()
            #expect(applied == ["a": 1])
            #expect(isDone ? runs.total == 1 : runs.total >= 2)
            #expect(try result == JobResult(encoding: runs.total))
        }
    }

    @Test func `the server crashes again and again, and every effect is there once`() async throws {
        try await withPrivatePostgres { postgres in
            try await LedgerSite.prepare(postgres.configuration, loop: postgres.loop)
            let client = postgres.newClient()
            defer { client.close() }
            let site = LedgerSite(
                client: client, ledger: EffectLedger(client, persistence: Persistence(pause: .milliseconds(20))))
            let runs = Tally<String>()
            let effects = 400
            let tasks = (0..<8).map { first in
                Task {
                    for number in stride(from: first, to: effects, by: 8) {
                        let result = try await site.apply("effect:\(number)", runs: runs)
                        let again = try await site.apply("effect:\(number)", runs: runs)
                        #expect(result == again)
                    }
                }
            }
            for share in [50, 150, 250] {
                try await eventually("work goes on") { runs.counts.count > share }
                await postgres.kill()
                try await postgres.start()
            }
            for task in tasks { try await task.value }
            let applied = try await site.applied()
            #expect(applied.count == effects && applied.values.allSatisfy { $0 == 1 })
        }
    }

    @Test func `when the database stays away, the caller hears of it`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .milliseconds(100) }
            defer { client.close() }
            await postgres.kill()
            let ledger = EffectLedger(
                client, persistence: Persistence(limit: .milliseconds(200), pause: .milliseconds(5)))
            let error = await #expect(throws: PostgresError.self) {
                try await LedgerSite.apply("a", through: ledger, runs: Tally())
            }
            #expect(error?.code == .unavailable && error?.isTransient == true)
        }
    }

    @Test(arguments: ["", "a\0b", String(repeating: "x", count: 501)])
    func `a key that cannot be used is refused`(text: String) {
        #expect(throws: EffectError.self) { try EffectKey(text) }
    }
}
