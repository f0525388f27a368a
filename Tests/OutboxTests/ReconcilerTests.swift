import JobQueue
import Jobs
import Outbox
import Platform
import RedisClient
import TestSupport
import Testing

@Suite("The reconciler", .timeLimit(.minutes(2)))
struct ReconcilerTests {
    private static let worker = WorkerID(host: "ada", process: 1)

    /// Claims all jobs of the queue, as a worker would.
    private func claim(at site: OutboxSite) async throws -> [ClaimedJob] {
        try await site.queue().join(Self.worker)
        return try await JobClaimer(queues: ["q"], worker: Self.worker, client: site.redis)
            .claim(from: 0, count: 1000).map(\.job)
    }

    private func key(of token: String) -> String { QueueKeys("q").job(token) }

    @Test func `notes how jobs ended, and Redis may forget them soon`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(3600) }
            let ids = try await site.insert(0..<3)
            try await site.untilSent(3)
            let jobs = try await claim(at: site)
            _ = try await site.queue().finish(jobs[0], as: .done, result: .none, by: Self.worker)
            _ = try await site.queue().finish(jobs[1], as: .discarded, result: .none, by: Self.worker)
            _ = try await site.queue().bury(jobs[2], reason: .buried, error: "No.", by: Self.worker)
            try await relay.stop()

            try await site.makeDue()
            let next = try await TestRelay.start(at: site)
            try await eventually("all ends are noted") { try await site.rows("ended_at IS NOT NULL") == 3 }
            for (id, state) in zip(ids, ["done", "discarded", "dead"]) {
                #expect(try await site.rows("id = '\(id)' AND end_state = '\(state)'") == 1)
            }
            for id in ids {
                try await eventually("Redis may forget it") {
                    (try await site.redis.call("PTTL", key(of: id)).integer ?? 0) <= 600_000
                }
            }
            #expect(try await site.rows("losses > 0") == 0)
            try await next.stop()
        }
    }

    @Test func `has everything enqueued again that an emptied Redis lost`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site)
            try await site.insert(0..<700)
            try await site.untilSent(700)
            _ = try await site.redis.call("FLUSHDB")
            try await eventually("all jobs are back") { try await site.numbers().sorted() == Array(0..<700) }
            try await site.untilSent(700)
            #expect(try await site.rows("losses = 1") == 700)
            #expect(relay.logged("Redis had lost jobs of the outbox; they are enqueued again"))
            try await relay.stop()
        }
    }

    enum Loss: CaseIterable {
        case entryAndState, entry, state, stream, scheduled
    }

    @Test(arguments: Loss.allCases)
    func `has enqueued again what was lost, and only that`(loss: Loss) async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(3600) }
            let runAt = loss == .scheduled ? "now() + interval '1 hour'" : "NULL"
            let ids = try await site.sql.query(
                """
                INSERT INTO coursework.outbox (queue, type, args, run_at)
                SELECT 'q', 't.x', to_json(n), \(runAt) FROM generate_series(0, 3) AS n RETURNING id::text
                """
            ).map { row -> String in try row["id"] }
            try await site.untilSent(4)
            try await lose(loss, ids[2], at: site)
            try await relay.stop()

            try await site.makeDue()
            let next = try await TestRelay.start(at: site)
            try await eventually("all are asked about") {
                try await site.rows("check_at > now() AND sent_at IS NOT NULL") == 4
            }
            try await next.stop()
            let expected = loss == .stream ? 4 : 1
            #expect(try await site.rows("losses = 1") == expected)
            if loss == .scheduled {
                #expect(try await site.queue().statistics().scheduled == 4)
            } else {
                // A state that is lost alone cannot be told from a job that is lost.
                let numbers = try await site.numbers().sorted()
                #expect(numbers == (loss == .state ? [0, 1, 2, 2, 3] : [0, 1, 2, 3]))
            }
        }
    }

    private func lose(_ loss: Loss, _ token: String, at site: OutboxSite) async throws {
        let stream = QueueKeys("q").stream
        let entry = try await site.redis.call("HGET", key(of: token), "entry").string ?? ""
        switch loss {
        case .entryAndState:
            _ = try await site.redis.call("XDEL", stream, entry)
            _ = try await site.redis.call("DEL", key(of: token))
        case .entry: _ = try await site.redis.call("XDEL", stream, entry)
        case .state: _ = try await site.redis.call("DEL", key(of: token))
        case .stream: _ = try await site.redis.call("DEL", stream)
        case .scheduled:
            _ = try await site.redis.call("HDEL", QueueKeys("q").later + ":jobs", token)
            _ = try await site.redis.call("ZREM", QueueKeys("q").later, token)
        }
    }

    @Test func `leaves alone what waits, runs, is put off or lies dead`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(3600) }
            let ids = try await site.insert(0..<4)
            try await site.untilSent(4)
            let jobs = try await claim(at: site)
            _ = try await site.queue().retry(jobs[0], in: .seconds(60), error: "later", by: Self.worker)
            _ = try await site.queue().retry(jobs[1], in: .zero, error: "now", by: Self.worker)
            _ = try await site.queue().promote()
            _ = try await site.queue().bury(jobs[2], reason: .buried, error: "No.", by: Self.worker)
            // Dead, with its state lost: the letter tells.
            _ = try await site.redis.call("DEL", key(of: ids[2]))
            // Nearly forgotten.
            for id in [ids[0], ids[3]] { _ = try await site.redis.call("PEXPIRE", key(of: id), "60000") }
            try await relay.stop()

            try await site.makeDue()
            let next = try await TestRelay.start(at: site)
            try await eventually("all are asked about") {
                try await site.rows("check_at > now() OR ended_at IS NOT NULL") == 4
            }
            try await next.stop()
            #expect(try await site.rows("losses > 0 OR sent_at IS NULL") == 0)
            #expect(try await site.rows("end_state = 'dead'") == 1)
            for id in [ids[0], ids[3]] {
                #expect((try await site.redis.call("PTTL", key(of: id)).integer ?? 0) > 600_000_000)
            }
        }
    }

    @Test func `asks more and more rarely about a job that waits for long`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(3600) }
            let ids = try await site.insert(0..<3)
            try await site.untilSent(3)
            try await relay.stop()
            for (id, age) in zip(ids, ["1 second", "10 minutes", "20 days"]) {
                try await site.sql.query(
                    "UPDATE coursework.outbox SET sent_at = now() - interval '\(age)', check_at = now() WHERE id = '\(id)'"
                )
            }
            let next = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(30) }
            try await eventually("all are asked about") { try await site.rows("check_at > now()") == 3 }
            try await next.stop()
            for (id, wait) in zip(ids, [30, 600, 3600]) {
                let near = "check_at - now() BETWEEN interval '\(wait - 25) s' AND interval '\(wait + 25) s'"
                #expect(try await site.rows("id = '\(id)' AND \(near)") == 1, "\(wait)")
            }
        }
    }

    @Test func `deletes rows whose jobs ended long ago, but none that was refused`() async throws {
        try await withOutbox { site in
            try await site.insert(0..<2500)
            try await site.sql.query(
                """
                UPDATE coursework.outbox SET sent_at = now(), check_at = now(), end_state = 'done',
                    ended_at = now() - CASE WHEN sequence <= 2400 THEN interval '8 days' ELSE interval '6 days' END
                """)
            try await site.sql.query(
                "UPDATE coursework.outbox SET end_state = 'refused', error = 'x' WHERE sequence <= 10")
            let relay = try await TestRelay.start(at: site)
            try await eventually("old rows are gone") { try await site.rows() == 110 }
            #expect(try await site.rows("end_state = 'refused'") == 10)
            try await relay.stop()
        }
    }

    @Test func `a key that holds something else keeps no other row from being looked after`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.checkAfter = .seconds(3600) }
            let ids = try await site.insert(0..<2)
            try await site.insert(0..<1, queue: "other")
            try await site.untilSent(3)
            _ = try await site.redis.call("SET", key(of: ids[0]), "something else")
            _ = try await site.redis.call("DEL", QueueKeys("other").stream)
            _ = try await site.redis.call("SET", QueueKeys("other").stream, "something else")
            try await relay.stop()

            try await site.makeDue()
            let next = try await TestRelay.start(at: site)
            try await eventually("all are asked about") { try await site.rows("check_at > now()") >= 2 }
            try await next.stop()
            #expect(try await site.rows("queue = 'q' AND losses > 0") == 0)
        }
    }
}
