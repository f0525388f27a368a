import Logging
import Platform
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

@Suite("What is asked of a Redis server", .timeLimit(.minutes(1)))
struct RedisServerTests {
    @Test func `the facts of a real server`() async throws {
        try await withRedis { redis in
            let facts = try await RedisServer(client: redis.client).facts()
            #expect(facts.version.hasPrefix("7.") && facts.evictionPolicy == "noeviction" && !facts.appendOnly)
        }
    }

    @Test func `one without an append-only file is warned about, one with is not`() async throws {
        try await withPrivateRedis(fsync: "no") { redis in
            let client = redis.newClient()
            defer { client.close() }
            let log = CollectedLog()
            try await RedisServer(client: client).check(logger: log.logger())
            #expect(log.lines.isEmpty)
            _ = try await client.call("CONFIG", "SET", "appendonly", "no")
            try await RedisServer(client: client).check(logger: log.logger())
            #expect(log.lines.map(\.level) == [.warning])
            #expect(log.lines.first?.message.contains("Set appendonly yes.") == true)
        }
    }

    @Test func `one that deletes keys when its memory is full is refused`() async throws {
        try await withPrivateRedis(["--maxmemory-policy", "allkeys-lru"]) { redis in
            let client = redis.newClient()
            defer { client.close() }
            let error = await #expect(throws: UnsuitableServer.self) {
                try await RedisServer(client: client).check(logger: .silent)
            }
            #expect(error?.description.contains("maxmemory-policy allkeys-lru") == true)
        }
    }

    @Test func `its queues are those with jobs, whoever wrote them`() async throws {
        try await withRedis { redis in
            let server = RedisServer(client: redis.client)
            for command in [
                ["XADD", "cw:{written}", "*", "a", "b"], ["ZADD", "cw:{later}:later", "1", "job"],
                ["SET", "cw:{spoiled}", "text"], ["SET", "cw:{No Queue}", "text"], ["SET", "cw:workers", "text"],
                ["SET", "cw:{other}:control", "1"], ["SET", "other", "text"],
            ] {
                var pipeline = RedisPipeline()
                pipeline.add(command)
                if let error = try await redis.client.send(pipeline).firstError { throw error }
            }
            #expect(try await server.queues() == ["written", "later", "spoiled"])
        }
    }

    @Test(arguments: ["redis_version:6.2.14", "redis_version:7x", "nothing"])
    func `one that is too old, or tells no version, is refused`(line: String) async throws {
        let info = "# Server\r\n\(line)\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n"
        let server = try FakeServer { $0 == ["INFO"] ? .answer("$\(info.utf8.count)\r\n\(info)\r\n") : nil }
        defer { server.stop() }
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let client = RedisClient(server.configuration, loop: loop)
        defer { client.close() }
        let error = await #expect(throws: UnsuitableServer.self) {
            try await RedisServer(client: client).check(logger: .silent)
        }
        #expect(error?.description.contains("needs 7.0 or newer") == true)
    }
}
