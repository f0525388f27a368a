import HTTPServer
import Platform
import TestSupport
import Testing

@Suite("HTTP connections")
struct ConnectionTests {
    private static let request = "GET /now HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Clients that have been let in.
    private func openTwo(_ test: TestServer) async throws -> [HTTPClient] {
        let open = try [test.newClient(), test.newClient()]
        for client in open {
            await client.send(Self.request)
            #expect(try await client.answer()?.status == 200)
        }
        return open
    }

    @Test func `answers many requests on one connection, in their order`() async throws {
        try await TestServer.with { test in
            test.gate.open()
            let client = try test.newClient()
            let targets = ["/echo/1", "/later", "/no", "/echo/2", "/fails", "/echo/3"]
            await client.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            var answers: [String] = []
            for _ in targets { answers.append(try #require(try await client.answer()).body) }
            #expect(answers[0] == "1" && answers[1] == "later" && answers[3] == "2" && answers[5] == "3")
            #expect(answers[2].contains("404") && answers[4].contains("500"))
        }
    }

    @Test func `bodies of both kinds of handlers come whole`() async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            for count in [0, 1, 999, 1000] {
                let head = "HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n"
                let body = String(repeating: "x", count: count)
                await client.send("POST /body \(head)\(body)")
                #expect(try await client.answer()?.body == body)
                await client.send("POST /slow/body \(head)\(body)")
                #expect(try await client.answer()?.body == "\(count)")
            }
        }
    }

    @Test func `handlers that wait hold up nobody`() async throws {
        try await TestServer.with { test in
            let waiting = try (0..<100).map { _ in try test.newClient() }
            for client in waiting { await client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n") }
            try await eventually("all handlers are at work") { test.gate.count == 100 }
            for _ in 0..<10 {
                let answer = try await test.get("/now")
                #expect(answer.status == 200)
            }
            test.gate.open()
            for client in waiting { #expect(try await client.answer()?.body == "later") }
        }
    }

    @Test func `a thousand idle connections hold up nobody`() async throws {
        try await TestServer.with { test in
            OpenFileLimit.raise()
            let idle = try (0..<1000).map { _ in try test.newClient() }
            for client in idle.prefix(500) { await client.send("GET /now HTTP/1.1\r\nHo") }
            for _ in 0..<10 {
                let answer = try await test.get("/now")
                #expect(answer.status == 200)
            }
            for client in idle.prefix(500) { await client.send("st: a\r\n\r\n") }
            for client in idle.prefix(500) { #expect(try await client.answer()?.status == 200) }
        }
    }

    @Test func `many clients at once each get their own answers`() async throws {
        try await TestServer.with { test in
            try await withThrowingTaskGroup { group in
                for number in 0..<16 {
                    group.addTask {
                        let client = try test.newClient()
                        for turn in 0..<50 {
                            await client.send("GET /echo/\(number)-\(turn) HTTP/1.1\r\nHost: a\r\n\r\n")
                            #expect(try await client.answer()?.body == "\(number)-\(turn)")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `connections are spread over the threads`() async throws {
        try await TestServer.with {
            $0.threads = 3
        } _: { test in
            var (clients, served): ([HTTPClient], [String: Int]) = ([], [:])
            for _ in 0..<12 {
                let client = try test.newClient()
                await client.send("GET /reply/by/whom HTTP/1.1\r\nHost: a\r\n\r\n")
                served[try #require(try await client.answer()).body, default: 0] += 1
                clients.append(client)
            }
            #expect(served.values.sorted() == [4, 4, 4])
        }
    }

    @Test func `one connection more than may be open waits for its turn`() async throws {
        try await TestServer.with {
            ($0.threads, $0.connections) = (1, 2)
        } _: { test in
            var open = try await openTwo(test)
            let third = try test.newClient()
            await third.send("GET /reply/third HTTP/1.1\r\nHost: a\r\n\r\n")
            // Answered behind it, had it been let in.
            await open[0].send("GET /reply/first HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await open[0].answer()?.body == "first")
            #expect(third.hasNothing)
            open.removeFirst()
            #expect(try await third.answer()?.body == "third")
        }
    }

    @Test func `an address has no more connections than it may have`() async throws {
        try await TestServer.with {
            ($0.host, $0.connectionsPerAddress) = ("0.0.0.0", 2)
        } _: { test in
            var open = try await openTwo(test)
            let third = try test.newClient()
            await third.send(Self.request)
            #expect(try await third.answer()?.status == nil)
            open.removeFirst()
            try await eventually("there is room for another") {
                let client = try test.newClient()
                await client.send(Self.request)
                return try await client.answer()?.status == 200
            }
        }
    }

    @Test func `a stop finishes what is being answered, and takes nothing new`() async throws {
        try await TestServer.with { test in
            let (busy, idle) = (try test.newClient(), try test.newClient())
            await idle.send(Self.request)
            #expect(try await idle.answer()?.status == 200)
            await busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            try await eventually("the handler is at work") { test.gate.count == 1 }
            async let stopped: Void = test.server.stop()
            #expect(await idle.isClosed())
            #expect(throws: TestFailure.self) { try test.newClient() }
            test.gate.open()
            let last = try #require(try await busy.answer())
            #expect(last.body == "later" && last["connection"]?.lowercased() == "close")
            #expect(await busy.isClosed())
            await stopped
        }
    }

    @Test func `a stop does not wait for ever`() async throws {
        try await TestServer.with {
            $0.drain = .milliseconds(200)
        } _: { test in
            let (busy, half) = (try test.newClient(), try test.newClient())
            await half.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nx")
            await busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            try await eventually("the handler is at work") { test.gate.count == 1 }
            await test.server.stop()
            #expect(try await busy.answer()?.status == 503)
            #expect(await half.isClosed())
        }
    }

    @Test func `says why it cannot listen`() async throws {
        try await TestServer.with { test in
            for (host, port, reason) in [
                ("127.0.0.1", test.server.port, "Another program listens on port \(test.server.port) of 127.0.0.1: "),
                ("192.0.2.1", 0, "This machine has no address 192.0.2.1: "), ("localhost", 0, "'localhost' is no IP"),
            ] {
                let loop = try EventLoop(name: "test")
                defer { loop.stop() }
                let failure = #expect(throws: HTTPServerFailure.self) {
                    try HTTPServer(
                        Router([]), HTTPServerOptions(host: host, port: port), loop: loop, logger: .silent)
                }
                #expect(failure?.description.hasPrefix(reason) == true, "\(String(describing: failure))")
            }
        }
    }
}
