import Platform
import RedisClient
import TestSupport
import Testing

@Suite("A client of a real server", .timeLimit(.minutes(1)))
struct ClientTests {
    @Test(arguments: [0, 50, 5000])
    func `hundreds of tasks share the connection and each gets its own answers`(spinMicroseconds: Int) async throws {
        try await withRedis { redis in
            let client = redis.newClient { $0.spin = .microseconds(spinMicroseconds) }
            defer { client.close() }
            try await withThrowingTaskGroup { group in
                for task in 0..<300 {
                    group.addTask {
                        for round in 0..<20 {
                            var pipeline = RedisPipeline("ECHO", "\(task)/\(round)")
                            if task % 3 == 0 { pipeline.add("INCR", "counter\(task)") }
                            let values = Array(try await client.send(pipeline).values)
                            #expect(values.count == pipeline.count && values[0].string == "\(task)/\(round)")
                            if task % 3 == 0 { #expect(values[1].integer == round + 1) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `sixteen megabytes there and back`() async throws {
        try await withRedis { redis in
            let large = [UInt8](repeating: 7, count: 16 << 20)
            var pipeline = RedisPipeline()
            pipeline.begin(arguments: 3)
            pipeline.append("SET")
            pipeline.append("large")
            pipeline.append(large)
            pipeline.add("GET", "large")
            let values = Array(try await redis.client.send(pipeline, deadline: .now + .seconds(40)).values)
            #expect(values[0] == "OK")
            #expect(values[1].bytes.map(Array.init) == large)
        }
    }

    @Test func `callers wait when too much is on its way, and all is sent in the end`() async throws {
        try await withRedis { redis in
            let client = redis.newClient { $0.sendBufferLimit = 1000 }
            defer { client.close() }
            let text = String(repeating: "x", count: 200_000)
            try await withThrowingTaskGroup { group in
                for number in 0..<50 {
                    group.addTask {
                        _ = try await client.call("APPEND", "k\(number)", text, deadline: .now + .seconds(40))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.call("DBSIZE").integer == 50)
            #expect(try await client.call("STRLEN", "k49").integer == 200_000)
        }
    }

    @Test func `an error of the server is thrown by call and stands in the reply of send`() async throws {
        try await withRedis { redis in
            let error = await #expect(throws: RedisError.self) { try await redis.client.call("NONSENSE") }
            #expect(error?.code == .other && error?.message.hasPrefix("ERR unknown command") == true)
            var pipeline = RedisPipeline("NONSENSE")
            pipeline.add("PING")
            let reply = try await redis.client.send(pipeline)
            #expect(reply.hasError && reply.values.map { $0.string ?? "" } == ["", "PONG"])
        }
    }

    @Test func `keeps to its database and tells its name`() async throws {
        try await withRedis { redis in
            let info = try await redis.client.call("CLIENT", "INFO").string ?? ""
            #expect(info.contains("db=\(redis.configuration.database) ") && info.contains("name=test "))
            let nowhere = redis.newClient { $0.database = 1_000_000 }
            defer { nowhere.close() }
            let error = await #expect(throws: RedisError.self) { try await nowhere.call("PING") }
            #expect(error?.message.contains("DB index is out of range") == true)
        }
    }

    @Test func `a blocked read ends empty when it is unblocked, and loses nothing`() async throws {
        try await withRedis { redis in
            let blocking = redis.newClient()
            defer { blocking.close() }
            async let answer = blocking.send(RedisPipeline("BLPOP", "list", "30"), blocking: .seconds(30))
            try await eventually("it blocks") {
                try await redis.client.call("CLIENT", "LIST").string?.split(separator: "\n").contains {
                    $0.contains("db=\(redis.configuration.database) ") && $0.contains("cmd=blpop")
                } == true
            }
            await blocking.unblock(through: redis.client)
            #expect(try await answer.first.isNull)
            _ = try await redis.client.call("RPUSH", "list", "x")
            #expect(try await blocking.call("LPOP", "list").string == "x")
        }
    }

    @Test func `closed, it says so, twice is fine`() async throws {
        try await withRedis { redis in
            let client = redis.newClient()
            _ = try await client.call("PING")
            let waiting = Task { try await client.call("BLPOP", "list", "30") }
            try await eventually("it blocks") {
                try await redis.client.call("CLIENT", "LIST").string?.contains("cmd=blpop") == true
            }
            client.close()
            client.close()
            for task in [waiting, Task { try await client.call("PING") }] {
                let error = await #expect(throws: RedisError.self) { try await task.value }
                #expect(error?.code == .closed)
            }
        }
    }

    @Test func `over TCP, by address and by name`() async throws {
        let port = UInt16.random(in: 20_000...30_000)
        try await withPrivateRedis(port: port) { redis in
            for host in ["127.0.0.1", "localhost"] {
                let client = redis.newClient { $0.endpoint = .tcp(host: host, port: port) }
                defer { client.close() }
                let answer = try await client.call("PING")
                #expect(answer == "PONG")
            }
            let lost = redis.newClient {
                $0.endpoint = .tcp(host: "no.such.host.invalid", port: port)
                $0.commandTimeout = .milliseconds(300)
            }
            defer { lost.close() }
            let error = await #expect(throws: RedisError.self) { try await lost.call("PING") }
            #expect(error?.code == .unavailable)
        }
    }

    @Test func `signs in with user and password, and says which user was refused, never the password`() async throws {
        try await withPrivateRedis { redis in
            let admin = redis.newClient()
            defer { admin.close() }
            _ = try await admin.call("ACL", "SETUSER", "ada", "on", ">hunter2", "~*", "+@all", "-flushall")
            let ada = redis.newClient {
                $0.user = "ada"
                $0.password = Secret("hunter2")
            }
            defer { ada.close() }
            let answer2 = try await ada.call("ACL", "WHOAMI")
            #expect(answer2.string == "ada")
            let refused = await #expect(throws: RedisError.self) { try await ada.call("FLUSHALL") }
            #expect(refused?.code == .permission)

            for (user, password) in [("ada", "hunter3"), ("eve", "hunter2")] {
                let client = redis.newClient {
                    $0.user = user
                    $0.password = Secret(password)
                }
                defer { client.close() }
                let begin = MonotonicTime.now
                let error = await #expect(throws: RedisError.self) { try await client.call("PING") }
                #expect(error?.code == .authentication && error?.message.contains("'\(user)'") == true)
                #expect(error?.message.contains("hunter") == false)
                #expect(MonotonicTime.now.since(begin) < .seconds(4))
            }
        }
    }

    @Test func `a password alone is the default user's, and none where one is needed is said`() async throws {
        try await withPrivateRedis { redis in
            let admin = redis.newClient()
            defer { admin.close() }
            _ = try await admin.call("CONFIG", "SET", "requirepass", "hunter2")
            let right = redis.newClient { $0.password = Secret("hunter2") }
            defer { right.close() }
            let answer3 = try await right.call("PING")
            #expect(answer3 == "PONG")
            let none = redis.newClient()
            defer { none.close() }
            let error = await #expect(throws: RedisError.self) { try await none.call("PING") }
            #expect(error?.code == .authentication && error?.message.contains("the default user") == true)
        }
    }
}
