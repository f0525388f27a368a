import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing

@Suite("A client of a server that is none", .timeLimit(.minutes(1)))
struct FakeServerTests {
    private func with(
        _ change: (inout RedisConfiguration) -> Void = { _ in },
        respond: @escaping @Sendable ([String]) -> FakeServer.Action?,
        _ body: (FakeServer, RedisClient) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let server = try FakeServer(respond)
        defer { server.stop() }
        var configuration = server.configuration
        configuration.commandTimeout = .milliseconds(500)
        configuration.reconnectBase = .milliseconds(5)
        change(&configuration)
        let client = RedisClient(configuration, name: "name", loop: loop)
        defer { client.close() }
        try await body(server, client)
    }

    @Test func `introduces itself in this order, before anything else`() async throws {
        try await with({
            $0.user = "ada"
            $0.password = Secret("pw")
            $0.database = 3
        }) {
            $0 == ["GET", "k"] ? .answer("$1\r\nv\r\n") : nil
        } _: { server, client in
            let answer = try await client.call("GET", "k")
            #expect(answer.string == "v")
            #expect(
                server.commands == [
                    ["AUTH", "ada", "pw"], ["SELECT", "3"], ["CLIENT", "SETNAME", "name"], ["PING"], ["CLIENT", "ID"],
                    ["GET", "k"],
                ])
        }
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail ESMTP\r\n", "$-5\r\n"])
    func `something else that listens there is named at once`(greeting: String) async throws {
        try await with { _ in
            .answer(greeting)
        } _: { _, client in
            let error = await #expect(throws: RedisError.self) { try await client.call("PING") }
            #expect(error?.code == .protocolViolation)
        }
    }

    @Test func `noise in the middle ends the connection, and the next is a new one`() async throws {
        let times = Mutex(0)
        try await with { command in
            guard command == ["GET", "k"] else { return nil }
            let first = times.withLock { times in
                times += 1
                return times == 1
            }
            return .answer(first ? "?what\r\n" : "$1\r\nv\r\n")
        } _: { _, client in
            let error = await #expect(throws: RedisError.self) { try await client.call("GET", "k") }
            #expect(error?.code == .protocolViolation && error?.mayHaveExecuted == true)
            let answer2 = try await client.call("GET", "k")
            #expect(answer2.string == "v")
        }
    }

    @Test func `an answer that nobody asked for ends the connection before it is taken for another`() async throws {
        try await with {
            $0.spin = .zero
        } respond: {
            $0 == ["ECHO", "x"] ? .answer("$1\r\nx\r\n") : nil
        } _: { server, client in
            let answer3 = try await client.call("ECHO", "x")
            #expect(answer3.string == "x")
            server.push("+surprise\r\n")
            try await eventually("the client hangs up") { server.openConnections == 0 }
            let again = try await client.call("ECHO", "x").string
            #expect(again == "x")
        }
    }

    @Test func `an answer that nobody asked for is not taken for another where nobody reads between calls`()
        async throws
    {
        try await with {
            $0.spin = .seconds(1)
        } respond: {
            $0 == ["ECHO", "x"] ? .answer("$1\r\nx\r\n") : nil
        } _: { server, client in
            let first = try await client.call("ECHO", "x")
            #expect(first.string == "x")
            server.push("+surprise\r\n")
            // The bytes are in our socket when the write has returned: the sockets of one machine have no distance.
            let error = await #expect(throws: RedisError.self) { try await client.call("ECHO", "x") }
            #expect(error?.code == .protocolViolation)
            let again = try await client.call("ECHO", "x").string
            #expect(again == "x")
        }
    }

    @Test func `an answer cut in the middle is no answer`() async throws {
        try await with {
            $0.first == "GET" ? .answerAndClose("$10\r\nhalf") : nil
        } _: { _, client in
            let error = await #expect(throws: RedisError.self) { try await client.call("GET", "k") }
            #expect(error?.code == .connectionLost && error?.mayHaveExecuted == true, "\(String(describing: error))")
        }
    }

    @Test(arguments: [5, 20, 60, 150])
    func `an end that comes while the caller watches is seen at once`(spin: Int) async throws {
        try await with({
            $0.spin = .microseconds(spin)
            $0.commandTimeout = .seconds(5)
        }) {
            $0.first == "GET" ? .close : nil
        } _: { _, client in
            for _ in 0..<200 {
                let error = await #expect(throws: RedisError.self) { try await client.call("GET", "k") }
                #expect(error?.code == .connectionLost, "\(error?.message ?? "")")
            }
        }
    }

    @Test func `a server that loads its data is waited for`() async throws {
        let pings = Mutex(0)
        try await with({ $0.commandTimeout = .seconds(20) }) { command in
            guard command == ["PING"] else { return nil }
            let count = pings.withLock { pings in
                pings += 1
                return pings
            }
            return count < 4 ? .answer("-LOADING Redis is loading the dataset in memory\r\n") : nil
        } _: { _, client in
            _ = try await client.call("SET", "k", "v")
            #expect(pings.withLock { $0 } == 4)
        }
    }

    @Test func `one that accepts and says nothing is given up in time`() async throws {
        try await with({ $0.connectTimeout = .milliseconds(100) }) { _ in
            .silence
        } _: { _, client in
            let error = await #expect(throws: RedisError.self) { try await client.call("PING") }
            #expect(error?.code == .unavailable && error?.message.contains("did not answer in time") == true)
        }
    }

    @Test(arguments: [1, 5, 40, 200])
    func `a real server's answer cut after some bytes is an error, never a wrong value`(bytes: Int) async throws {
        try await withRedis { redis in
            _ = try await redis.client.call("SET", "k", String(repeating: "v", count: 1000))
            let proxy = try FaultProxy(to: redis.configuration)
            defer { proxy.stop() }
            var configuration = proxy.configuration
            configuration.reconnectBase = .milliseconds(5)
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            _ = try await client.call("PING")
            proxy.set(.cutAfter(answerBytes: bytes))
            let error = await #expect(throws: RedisError.self) { try await client.call("GET", "k") }
            #expect(error?.code == .connectionLost && error?.mayHaveExecuted == true, "\(String(describing: error))")
            proxy.set(.none)
            let answer4 = try await client.call("GET", "k")
            #expect(answer4.bytes?.count == 1000)
        }
    }
}
