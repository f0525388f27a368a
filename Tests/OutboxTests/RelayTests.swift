import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("The relay", .timeLimit(.minutes(2)))
struct RelayTests {
    @Test func `moves what waits in its order, and what comes, under the rows' ids`() async throws {
        try await withOutbox { site in
            let early = try await site.insert(0..<1200)
            let relay = try await TestRelay.start(at: site)
            try await site.untilSent(1200)
            let late = try await site.insert(1200..<1201)
            try await site.untilSent(1201)
            #expect(try await site.numbers() == Array(0..<1201))
            #expect(try await site.fields("id") == early + late)
            #expect(try await relay.stop() == nil)
        }
    }

    @Test func `passes on what a row says, to the letter`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site)
            let args = #"{ "b" : 1, "a": "Grüße \u0041", "a": 2 }"#
            try await site.sql.query(
                "INSERT INTO coursework.outbox (queue, type, args, trace) VALUES ('q', 't.x', $1, '00-ab-cd-01')",
                [.text(args)])
            try await site.untilSent(1)
            #expect(try await site.fields("args") == [args])
            #expect(try await site.fields("trace") == ["00-ab-cd-01"])
            #expect(try await site.fields("type") == ["t.x"])
            try await relay.stop()
        }
    }

    @Test func `a row with a time waits as a scheduled job`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site)
            try await site.sql.query(
                """
                INSERT INTO coursework.outbox (queue, type, run_at)
                VALUES ('q', 't.x', now() + interval '1 hour'), ('q', 't.y', now() - interval '1 hour')
                """)
            try await site.untilSent(2)
            let statistics = try await site.queue().statistics()
            #expect(statistics.scheduled == 1 && statistics.ready == 1)
            #expect(try await site.fields("type") == ["t.y"])
            let due = try await site.redis.call("ZRANGE", site.queue().keys.later, "0", "0", "WITHSCORES")
                .elements.compactMap(\.integer).last
            let wait = try #require(due) - WallClock.milliseconds
            #expect((3_500_000...3_600_000).contains(wait), "\(wait)")
            try await relay.stop()
        }
    }

    @Test func `a row that is committed late is not passed over`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site)
            let (isWritten, mayCommit) = (Promise<Void>(), Promise<Void>())
            async let first: Void = site.sql.transaction { transaction in
                try transaction.query("INSERT INTO coursework.outbox (queue, type, args) VALUES ('q', 't.x', '1')")
                isWritten.complete(with: ())
                try BlockingWait.run(on: site.loop) { await mayCommit.wait() }
            }
            await isWritten.wait()
            try await site.insert(2..<4)
            try await site.untilSent(2)
            #expect(try await site.numbers() == [2, 3])
            mayCommit.complete(with: ())
            try await first
            try await site.untilSent(3)
            #expect(try await site.numbers() == [2, 3, 1])
            try await relay.stop()
        }
    }

    @Test func `a row that is rolled back never becomes a job`() async throws {
        struct Regret: Error {}
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site)
            for number in 0..<10 {
                _ = try? await site.sql.transaction { transaction in
                    try transaction.query(
                        "INSERT INTO coursework.outbox (queue, type, args) VALUES ('q', 't.x', to_json($1::int))",
                        [.integer(number)])
                    if number % 2 == 0 { throw Regret() }
                }
            }
            try await site.untilSent(5)
            try await relay.stop()
            #expect(try await site.numbers() == [1, 3, 5, 7, 9])
            #expect(try await site.rows() == 5)
        }
    }

    @Test func `four at once move each row once`() async throws {
        try await withOutbox { site in
            try await site.insert(0..<2000)
            var relays: [TestRelay] = []
            for _ in 0..<4 { relays.append(try await TestRelay.start(at: site) { $0.batch = 50 }) }
            for start in stride(from: 2000, to: 3000, by: 10) { try await site.insert(start..<start + 10) }
            try await site.untilSent(3000)
            #expect(try await site.numbers().sorted() == Array(0..<3000))
            let sharing = relays.count { relay in relay.log.lines.contains { $0.message == "moved rows of the outbox" }
            }
            #expect(sharing > 1)
            for relay in relays { #expect(try await relay.stop() == nil) }
        }
    }

    @Test func `finds rows of which it was not told`() async throws {
        try await withOutbox { site in
            try await site.sql.query("ALTER TABLE coursework.outbox DISABLE TRIGGER outbox_wakes_relay")
            let relay = try await TestRelay.start(at: site)
            try await site.insert(0..<3)
            try await site.untilSent(3)
            try await relay.stop()
        }
    }

    @Test func `is woken, and does not only look now and then`() async throws {
        try await withOutbox { site in
            let relay = try await TestRelay.start(at: site) { $0.pollEvery = .seconds(3600) }
            // The listener may be later than the relay; its first wake-up covers what it missed.
            for number in 0..<3 {
                try await site.insert(number..<number + 1)
                try await site.untilSent(number + 1)
            }
            try await relay.stop()
        }
    }

    @Test func `refuses a row whose payload no worker takes, and goes on with the others`() async throws {
        try await withOutbox { site in
            try await site.insert(0..<1)
            try await site.sql.query(
                """
                INSERT INTO coursework.outbox (queue, type, args)
                VALUES ('q', 't.x', to_json(repeat('x', 3000)))
                """)
            try await site.insert(2..<3)
            let relay = try await TestRelay.start(at: site) { $0.argsBytesLimit = 2000 }
            try await site.untilSent(2)
            #expect(try await site.numbers() == [0, 2])
            let row = try #require(
                try await site.sql.query("SELECT error FROM coursework.outbox WHERE end_state = 'refused'").first)
            let error: String = try row["error"]
            #expect(error.hasPrefix("Its args are 3002 bytes of JSON and limits.argsBytes allows 2000:"))
            #expect(relay.logged("can never be moved to Redis"))
            #expect(try await Outbox(site.sql).summary().refused == 1)
            try await relay.stop()
        }
    }

    @Test func `large payloads go in several transactions`() async throws {
        try await withOutbox { site in
            try await site.sql.query(
                """
                INSERT INTO coursework.outbox (queue, type, args)
                SELECT 'q', 't.x', to_json(repeat('x', 900000)) FROM generate_series(1, 12)
                """)
            let relay = try await TestRelay.start(at: site)
            try await site.untilSent(12)
            #expect(try await site.queue().statistics().ready == 12)
            #expect(relay.log.lines.count { $0.message == "moved rows of the outbox" } > 1)
            try await relay.stop()
        }
    }

    @Test func `rows of an undeclared queue wait, and are told of`() async throws {
        try await withOutbox { site in
            try await site.insert(0..<2, queue: "emial")
            let relay = try await TestRelay.start(at: site)
            try await eventually("it tells") { relay.logged("a queue that the configuration does not have") }
            try await site.insert(0..<1)
            try await site.untilSent(1)
            try await relay.stop()
            let declared = try await TestRelay.start(at: site) { $0.queues.append("emial") }
            try await site.untilSent(3)
            try await declared.stop()
        }
    }

    @Test func `forgets effects of long ago, and only those that are done`() async throws {
        try await withOutbox { site in
            try await site.sql.query(
                """
                INSERT INTO coursework.effects (key, state, token, job, updated_at) VALUES
                    ('old', 'done', NULL, 'q:1', now() - interval '366 days'),
                    ('open', 'prepared', 't', 'q:2', now() - interval '366 days'),
                    ('new', 'done', NULL, 'q:3', now())
                """)
            let relay = try await TestRelay.start(at: site)
            try await eventually("the old one is forgotten") {
                let rows = try await site.sql.query("SELECT key FROM coursework.effects ORDER BY key")
                return try rows.map { try $0["key"] as String } == ["new", "open"]
            }
            try await relay.stop()
        }
    }
}
