import Platform
import RedisClient
import TestSupport
import Testing

@Suite("A client of a server in trouble", .timeLimit(.minutes(1)))
struct OutageTests {
    @Test(arguments: [0, 100])
    func `killed, what is in flight may have executed; started again, it is used again`(spin: Int) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.spin = .microseconds(spin) }
            defer { client.close() }
            _ = try await client.call("PING")
            redis.freeze()
            let inFlight = (0..<20).map { number in Task { try await client.call("INCR", "k\(number)") } }
            try await Task.sleep(for: .milliseconds(50))
            await redis.kill()
            for task in inFlight {
                let error = await #expect(throws: RedisError.self) { try await task.value }
                #expect(error?.mayHaveExecuted == true || error?.code == .unavailable)
            }
            try await redis.start()
            let answer = try await client.call("PING")
            #expect(answer == "PONG")
        }
    }

    @Test func `commands sent while it is away wait for it`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .seconds(30) }
            defer { client.close() }
            await redis.kill()
            let waiting = (0..<50).map { number in Task { try await client.call("ECHO", "\(number)") } }
            try await redis.start()
            for (number, task) in waiting.enumerated() {
                #expect(try await task.value.string == "\(number)")
            }
        }
    }

    @Test func `away, it costs no processor and every caller hears of it in time`() async throws {
        try await withPrivateRedis { redis in
            await redis.kill()
            let client = redis.newClient {
                $0.reconnectBase = .milliseconds(50)
                $0.reconnectCap = .milliseconds(500)
                $0.commandTimeout = .milliseconds(800)
            }
            defer { client.close() }
            let (begin, before) = (MonotonicTime.now, await ThreadClock.cpuTime(of: redis.loop))
            let callers = (0..<20).map { _ in Task { try await client.call("PING") } }
            for caller in callers {
                let error = await #expect(throws: RedisError.self) { try await caller.value }
                #expect(error?.code == .unavailable && error?.mayHaveExecuted == false)
                #expect(error?.message.contains("No such file") == true || error?.message.contains("refused") == true)
            }
            #expect(MonotonicTime.now.since(begin) >= .milliseconds(799))
            #expect(await ThreadClock.cpuTime(of: redis.loop) - before < .milliseconds(100))
        }
    }

    @Test func `frozen, the command's deadline ends the wait and the connection`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .milliseconds(100) }
            defer { client.close() }
            let first = try await client.call("CLIENT", "ID").integer
            redis.freeze()
            let begin = MonotonicTime.now
            let error = await #expect(throws: RedisError.self) { try await client.call("PING") }
            #expect(error?.code == .timeout && error?.mayHaveExecuted == true)
            // Not only when the time for connecting, which is longer, is over.
            #expect(MonotonicTime.now.since(begin) < .seconds(3))
            redis.thaw()
            try await eventually("it is connected again") {
                guard let id = try? await client.call("CLIENT", "ID").integer else { return false }
                return id != first
            }
        }
    }

    @Test func `a deadline that is over before the command is sent costs nobody the connection`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let first = try await client.call("CLIENT", "ID").integer
            let past = MonotonicTime.now - .seconds(1)
            let error = await #expect(throws: RedisError.self) { try await client.call("PING", deadline: past) }
            #expect(error?.code == .unavailable && error?.mayHaveExecuted == false)
            let same = try await client.call("CLIENT", "ID").integer
            #expect(same == first)
        }
    }

    @Test func `frozen, callers that wait for room are not stuck`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient {
                $0.commandTimeout = .milliseconds(200)
                $0.sendBufferLimit = 1 << 16
            }
            defer { client.close() }
            _ = try await client.call("PING")
            redis.freeze()
            let text = String(repeating: "x", count: 1 << 18)
            let callers = (0..<20).map { number in Task { try await client.call("SET", "k\(number)", text) } }
            for caller in callers {
                await #expect(throws: RedisError.self) { try await caller.value }
            }
        }
    }

    @Test func `full, replica, short of replicas, unable to persist: each has its code`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            func refusal() async -> RedisError? {
                await #expect(throws: RedisError.self) { try await client.call("SET", "k", "v") }
            }
            _ = try await client.call("CONFIG", "SET", "maxmemory", "1")
            #expect(await refusal()?.code == .outOfMemory)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "0")
            _ = try await client.call("CONFIG", "SET", "min-replicas-to-write", "1")
            #expect(await refusal()?.code == .tooFewReplicas)
            _ = try await client.call("CONFIG", "SET", "min-replicas-to-write", "0")
            let first = try await client.call("CLIENT", "ID").integer
            _ = try await client.call("REPLICAOF", "127.0.0.1", "1")
            #expect(await refusal()?.code == .readOnly)
            // Its address may lead elsewhere by now: it is asked anew.
            #expect(try await client.call("CLIENT", "ID").integer != first)
            _ = try await client.call("REPLICAOF", "NO", "ONE")
            _ = try await client.call("SET", "k", "v")
        }
    }

    @Test func `a server that cannot save is used for what it still does`() async throws {
        try await withPrivateRedis(["--save", "3600 1", "--dbfilename", "dump.rdb"]) { redis in
            let client = redis.newClient()
            defer { client.close() }
            _ = try await client.call("SET", "k", "v")
            _ = try await client.call("CONFIG", "SET", "rdbcompression", "no")
            // A folder in the place of the file: saving fails.
            try redis.folder.makeFolder("dump.rdb/in-the-way")
            _ = try? await client.call("BGSAVE")
            try await eventually("saving has failed") {
                try await client.call("INFO", "persistence").string?.contains("rdb_last_bgsave_status:err") == true
            }
            let other = redis.newClient()
            defer { other.close() }
            #expect(try await other.call("GET", "k").string == "v")
            let error = await #expect(throws: RedisError.self) { try await other.call("SET", "k", "w") }
            #expect(error?.code == .cannotPersist && error?.isTransient == true)
        }
    }
}
