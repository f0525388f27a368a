import Glibc
import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import RedisClient
import TestSupport
import Testing

@Suite("The relay in trouble", .timeLimit(.minutes(2)))
struct OutageTests {
    @Test func `a row that was pushed and not marked is pushed again, and is one job`() async throws {
        try await withOutbox { site in
            let proxy = try FaultProxy(to: site.database)
            defer { proxy.stop() }
            proxy.set(.cutRequest(containing: "SET sent_at = clock_timestamp()"))
            try await site.insert(0..<50)
            let relay = try await TestRelay.start(at: site, database: proxy.configuration)
            try await eventually("pushes that could not be marked") { proxy.cuts >= 3 }
            #expect(try await site.rows("sent_at IS NULL") == 50)
            #expect(try await site.numbers() == Array(0..<50))
            proxy.set(.none)
            try await site.untilSent(50)
            #expect(try await site.numbers() == Array(0..<50))
            let known = relay.log.lines.filter { $0.message == "moved rows of the outbox" }.flatMap(\.fields)
                .filter { $0.name == "known" && $0.value != .integer(0) }
            #expect(!known.isEmpty)
            try await relay.stop()
        }
    }

    @Test func `an answer of Redis that is lost costs nothing`() async throws {
        try await withOutbox { site in
            let proxy = try FaultProxy(to: site.redisConfiguration)
            defer { proxy.stop() }
            try await site.insert(0..<50)
            // That the jobs were added is never heard; when they are pushed again, they are known.
            proxy.set(.cutAnswer(containing: ":1\r\n:1\r\n:1\r\n"))
            let relay = TestRelay.make(at: site, redis: proxy.configuration)
            let ready = relay.run()
            try await site.untilSent(50)
            #expect(ready.value != nil)
            #expect(try await site.numbers() == Array(0..<50))
            let known = relay.log.lines.filter { $0.message == "moved rows of the outbox" }.flatMap(\.fields)
                .filter { $0.name == "known" }
            #expect(known.contains { $0.value == .integer(50) })
            try await relay.stop()
        }
    }

    @Test func `waits for a Redis that is away, and moves everything when it is back`() async throws {
        try await withOutbox(redisOptions: []) { site, redis in
            let relay = try await TestRelay.start(at: site)
            try await site.insert(0..<10)
            try await site.untilSent(10)
            await redis.kill()
            try await site.insert(10..<20)
            try await eventually("it tells") { relay.logged("The outbox waits") }
            #expect(try await site.rows("sent_at IS NULL") >= 10)
            try await redis.start()
            // It kept nothing on disk, and has no functions: both are brought back.
            try await eventually("all jobs are there") { try await site.numbers().sorted() == Array(0..<20) }
            try await eventually("it tells") { relay.logged("The outbox is moved again") }
            try await relay.stop()
        }
    }

    @Test func `begins before its servers do`() async throws {
        try await withOutbox(redisOptions: []) { site, redis in
            await redis.kill()
            let relay = TestRelay.make(at: site)
            let ready = relay.run()
            try await eventually("it tells") { relay.logged("The outbox waits") }
            #expect(ready.value == nil)
            try await redis.start()
            _ = try await value(of: ready, "the relay is ready")
            try await relay.stop()
        }
    }

    @Test func `drains while its servers are away`() async throws {
        try await withOutbox(redisOptions: []) { site, redis in
            await redis.kill()
            let early = TestRelay.make(at: site)
            _ = early.run()
            try await eventually("it tells") { early.logged("The outbox waits") }
            #expect(try await early.stop() == nil)
        }
    }

    @Test func `a full Redis takes nothing, and all of it when there is room`() async throws {
        try await withOutbox(redisOptions: ["--maxmemory", "20mb"]) { site, _ in
            let relay = try await TestRelay.start(at: site)
            _ = try await site.redis.call("CONFIG", "SET", "maxmemory", "1mb")
            try await site.insert(0..<100)
            try await eventually("it tells") { relay.logged("The outbox waits") }
            #expect(try await site.rows("sent_at IS NULL") == 100)
            _ = try await site.redis.call("CONFIG", "SET", "maxmemory", "50mb")
            try await site.untilSent(100)
            #expect(try await site.numbers() == Array(0..<100))
            try await relay.stop()
        }
    }

    @Test func `brings back functions that are gone`() async throws {
        try await withOutbox(redisOptions: []) { site, _ in
            let relay = try await TestRelay.start(at: site)
            _ = try await site.redis.call("FUNCTION", "FLUSH")
            try await site.insert(0..<10)
            try await site.untilSent(10)
            try await relay.stop()
        }
    }

    @Test func `a queue that is none any more keeps no other waiting`() async throws {
        try await withOutbox { site in
            _ = try await site.redis.call("SET", QueueKeys("q").stream, "something else")
            try await site.insert(0..<1000)
            try await site.insert(0..<10, queue: "other")
            let relay = try await TestRelay.start(at: site)
            try await site.untilSent(10)
            #expect(try await site.numbers(in: "other") == Array(0..<10))
            #expect(relay.logged("Rows of a queue cannot be moved to Redis; they wait"))
            _ = try await site.redis.call("DEL", QueueKeys("q").stream)
            try await site.untilSent(1010)
            #expect(try await site.numbers() == Array(0..<1000))
            try await relay.stop()
        }
    }

    @Test func `a PostgreSQL that crashes takes no row with it`() async throws {
        try await withPrivatePostgres { postgres in
            try await withRedis { redis in
                let site = try await OutboxSite(postgres.configuration, redis.configuration, loop: redis.loop)
                defer { site.close() }
                try await FunctionLibrary(client: site.redis).ensure()
                let relay = try await TestRelay.start(at: site)
                try await site.insert(0..<200)
                try await site.untilSent(200)
                await postgres.kill()
                try await eventually("it tells") { relay.logged("The outbox waits") }
                try await postgres.start()
                try await eventually("rows can be written again") {
                    (try? await site.insert(200..<400)) != nil
                }
                // Marks the crash took back are made again.
                try await site.untilSent(400)
                #expect(try await site.numbers() == Array(0..<400))
                try await relay.stop()
            }
        }
    }

    @Test func `waits for its table, and says what to do`() async throws {
        try await withOutbox { site in
            try await site.sql.query("ALTER TABLE coursework.outbox RENAME TO hidden")
            let relay = TestRelay.make(at: site)
            let ready = relay.run()
            try await eventually("it tells") { relay.logged("run coursework migrate") }
            try await site.sql.query("ALTER TABLE coursework.hidden RENAME TO outbox")
            _ = try await value(of: ready, "the relay is ready")
            try await relay.stop()
        }
    }
}
