import EffectLedger
import Jobs
import PostgresClient
import TestSupport
import Testing

@Suite("Effects outside the database", .timeLimit(.minutes(2)))
struct OutsideTests {
    private let key: EffectKey
    private let result = JobResult(json: Array(#"{"id":7}"#.utf8))

    init() throws { key = try EffectKey("mail:welcome:user-4") }

    @Test func `once finished, is done for everybody`() async throws {
        try await withLedger { site, _ in
            let token = try await site.proceed(key)
            try await site.ledger.finish(token, result)
            try await site.ledger.finish(token, result)
            for policy in [AmbiguityPolicy.atMostOnce, .atLeastOnce] {
                let next = try await site.ledger.begin(key, job: LedgerSite.job, policy: policy)
                #expect(next == .done(result))
            }
            let inside = try await site.ledger.once(key, job: LedgerSite.job) { _ in .none }
            #expect(inside == result)
        }
    }

    @Test func `left open by a job that died, is ambiguous for the next`() async throws {
        try await withLedger { site, _ in
            let dead = try await site.proceed(key)
            for _ in 0..<2 { try await site.expectAmbiguous(key) }
            // It was frozen, not dead, and knows how it ended.
            try await site.ledger.finish(dead, result)
            let next = try await site.ledger.begin(key, job: LedgerSite.job, policy: .atMostOnce)
            #expect(next == .done(result))
        }
    }

    @Test func `the call that asks again with its token goes on`() async throws {
        try await withLedger { site, _ in
            let token = try await site.proceed(key)
            let again = try await site.ledger.begin(key, job: LedgerSite.job, policy: .atMostOnce, continuing: token)
            #expect(again == .proceed(token))
            try await site.expectAmbiguous(key)
            let late = try await site.ledger.begin(key, job: LedgerSite.job, policy: .atMostOnce, continuing: token)
            #expect(late != .proceed(token))
        }
    }

    @Test func `at least once: the next takes it over, and the first has no say`() async throws {
        try await withLedger { site, _ in
            let dead = try await site.proceed(key)
            let token = try await site.proceed(key, .atLeastOnce)
            #expect(token != dead)
            await #expect(throws: EffectError.superseded(key)) { try await site.ledger.finish(dead, .none) }
            await #expect(throws: EffectError.superseded(key)) { try await site.ledger.markAmbiguous(dead) }
            try await site.ledger.abandon(dead)
            try await site.ledger.finish(token, result)
            let next = try await site.ledger.begin(key, job: LedgerSite.job, policy: .atLeastOnce)
            #expect(next == .done(result))
        }
    }

    @Test func `abandoned, it is free; marked, it is ambiguous`() async throws {
        try await withLedger { site, _ in
            try await site.ledger.abandon(try await site.proceed(key))
            let token = try await site.proceed(key)
            try await site.ledger.markAmbiguous(token)
            try await site.expectAmbiguous(key)
            await #expect(throws: EffectError.undecided(key)) {
                try await site.ledger.once(key, job: LedgerSite.job) { _ in .none }
            }
        }
    }

    @Test func `an operator decides what nobody knows, and only that`() async throws {
        try await withLedger { site, _ in
            let unknown = try await site.ledger.resolve(key, as: .notHappened)
            _ = try await site.proceed(key)
            try await site.expectAmbiguous(key)
            let free = try await site.ledger.resolve(key, as: .notHappened)
            _ = try await site.proceed(key)
            let done = try await site.ledger.resolve(key, as: .done(result))
            let late = try await site.ledger.resolve(key, as: .notHappened)
            #expect([unknown, free, done, late] == [false, true, true, false])
            let next = try await site.ledger.begin(key, job: LedgerSite.job, policy: .atMostOnce)
            #expect(next == .done(result))
        }
    }

    @Test(arguments: [true, false])
    func `cut off around COMMIT, the beginning is found out`(isDone: Bool) async throws {
        try await withLedger { site, postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            let ledger = EffectLedger(client, persistence: Persistence(pause: .milliseconds(5)))
            proxy.set(isDone ? .cutAnswer(containing: "COMMIT\0") : .cutRequest(containing: "COMMIT\0"))
            let task = Task { [key] in
                try await ledger.begin(key, job: LedgerSite.job, policy: .atMostOnce)
            }
            try await eventually("it was cut off") { proxy.cuts >= 2 }
            proxy.set(.none)
            guard case .proceed(let token) = try await task.value else {
                Issue.record("its own row is no reason to stop")
                return
            }
            try await ledger.finish(token, result)
        }
    }

    @Test func `what was done long ago is forgotten, and nothing else`() async throws {
        try await withLedger { site, _ in
            try await site.client.query(
                """
                INSERT INTO coursework.effects (key, state, token, job, updated_at)
                SELECT 'old:' || n, 'done', NULL, 'default:1', now() - interval '40 days'
                FROM generate_series(1, 2500) n
                """)
            try await site.client.query(
                """
                INSERT INTO coursework.effects (key, state, token, job, updated_at) VALUES
                ('recent', 'done', NULL, 'default:1', now() - interval '20 days'),
                ('open', 'prepared', 't', 'default:1', now() - interval '40 days'),
                ('unknown', 'ambiguous', 't', 'default:1', now() - interval '40 days')
                """)
            let deleted = try await site.ledger.deleteDone(olderThan: .seconds(30 * 86_400))
            #expect(deleted == 2500)
            let left = try await site.client.query("SELECT key FROM coursework.effects ORDER BY key")
            let keys = try left.map { try $0["key"] as String }
            #expect(keys == ["open", "recent", "unknown"])
        }
    }
}

extension LedgerSite {
    fileprivate func proceed(_ key: EffectKey, _ policy: AmbiguityPolicy = .atMostOnce) async throws -> EffectToken {
        let beginning = try await ledger.begin(key, job: Self.job, policy: policy)
        guard case .proceed(let token) = beginning else { throw TestFailure("\(beginning)") }
        return token
    }

    fileprivate func expectAmbiguous(_ key: EffectKey, at location: SourceLocation = #_sourceLocation) async throws {
        let beginning = try await ledger.begin(key, job: Self.job, policy: .atMostOnce)
        guard case .ambiguous(let since) = beginning else {
            Issue.record("\(beginning)", sourceLocation: location)
            return
        }
        #expect(since.timeIntervalSinceNow < 60 && since.timeIntervalSinceNow > -3600, sourceLocation: location)
    }
}
