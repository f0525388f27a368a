import HTTPServer
import Platform
import TestSupport
import Testing

@Suite("HTTP clients that do not behave")
struct HostileClientTests {
    @Test func `a body that is announced too large is refused before it comes`() async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            await client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
            let answer = try #require(try await client.answer())
            #expect(answer.status == 413 && answer["content-type"] == "application/problem+json")
            #expect(await client.isClosed())
        }
    }

    @Test func `nobody is told to go on with a body that is too large`() async throws {
        try await TestServer.with { test in
            let refused = try test.newClient()
            await refused.send("POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
            #expect(try await refused.answer()?.status == 413)
            let taken = try test.newClient()
            await taken.send("POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            #expect(try await taken.answer()?.status == 100)
            await taken.send("ab")
            #expect(try await taken.answer()?.body == "ab")
        }
    }

    @Test func `a chunked body is read, and refused while it comes when it is too large`() async throws {
        try await TestServer.with { test in
            let head = "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let whole = try await test.ask(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(whole.status == 200 && whole.body == "abcde")
            let client = try test.newClient()
            let chunk = "1f4\r\n\(String(repeating: "x", count: 500))\r\n"
            await client.send(head + chunk + chunk + chunk)
            let answer = try #require(try await client.answer())
            #expect(answer.status == 413 && answer["connection"] == "close")
            #expect(await client.isClosed())
            try await eventually("it is logged") {
                test.log.lines.contains { line in line.fields.contains { $0.name == "status" && $0.value == 413 } }
            }
        }
    }

    @Test func `bodies have no more room together than is given`() async throws {
        try await TestServer.with {
            $0.bodyBytesTogether = 1500
        } _: { test in
            let head = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
            let part = String(repeating: "x", count: 900)
            let clients = [try test.newClient(), try test.newClient()]
            for client in clients { await client.send(head + part) }
            try await withThrowingTaskGroup(of: (Int, Int?).self) { answers in
                for (number, client) in clients.enumerated() {
                    answers.addTask { (number, try await client.answer()?.status) }
                }
                // Whichever was read later; the other one is not whole yet.
                let refused = try #require(try await answers.next())
                #expect(refused.1 == 503)
                await clients[1 - refused.0].send(String(repeating: "x", count: 100))
                let taken = try #require(try await answers.next())
                #expect(taken.1 == 200)
            }
            // A client has its answer before the server has let go of the request.
            try await eventually("there is room again") {
                test.log.lines.contains { line in line.fields.contains { $0.name == "status" && $0.value == 200 } }
            }
            let third = try await test.ask(head + String(repeating: "x", count: 1000))
            #expect(third.status == 200)
        }
    }

    @Test(arguments: [
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: two\r\n", "Content-Length: -2\r\n", "Content-Length: 99999999999999999999\r\n",
    ])
    func `a body whose end is not clear is refused`(fields: String) async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            await client.send("POST /body HTTP/1.1\r\nHost: a\r\n\(fields)\r\nab")
            let answer = try #require(try await client.answer())
            #expect(answer.status == 400 || answer.status == 413, "\(answer)")
            #expect(answer["connection"] == "close" || answer["content-type"] == "application/problem+json")
        }
    }

    @Test func `other transfer codings are refused`() async throws {
        try await TestServer.with { test in
            let answer = try await test.ask(
                "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")
            #expect([400, 501].contains(answer.status))
        }
    }

    @Test func `a head that is too large is refused`() async throws {
        try await TestServer.with { test in
            let long = String(repeating: "x", count: 100_000)
            for text in [
                "GET /now HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n", "GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                let client = try test.newClient()
                await client.send(text)
                let answer = try #require(try await client.answer())
                #expect([413, 414, 431].contains(answer.status), "\(answer.status)")
            }
            let again = try await test.get("/now")
            #expect(again.status == 200)
        }
    }

    @Test(arguments: [
        "GET /now HTTP/1.1\r\n\r\n", "GET  HTTP/1.1\r\nHost: a\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET /now\r\n\r\n",
        "GET /now HTTP/9.9\r\nHost: a\r\n\r\n", "GET /now HTTP/1.1\r\nHost a\r\n\r\n",
        "GET now HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/now HTTP/1.1\r\nHost: a\r\n\r\n", "* * *\r\n\r\n",
    ])
    func `what is no request is refused or cut, and does no harm`(text: String) async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            await client.send(text)
            client.finish()
            let status = try? await client.answer()?.status
            #expect(status == nil || (400...505).contains(status!), "\(text)")
            let after = try await test.get("/now")
            #expect(after.status == 200)
        }
    }

    @Test func `a head that comes too slowly gets 408`() async throws {
        try await TestServer.with {
            $0.headTimeout = .milliseconds(300)
        } _: { test in
            let client = try test.newClient()
            await client.send("GET /now HTTP/1.1\r\nHost: a\r\n")
            // A byte now and then does not help.
            var count = 0
            while await client.send("x"), count < 100 {
                count += 1
                try await Task.sleep(for: .milliseconds(30))
            }
            #expect(count < 100)
            #expect(try await client.answer()?.status == 408)
            #expect(await client.isClosed())
        }
    }

    @Test func `a body that comes too slowly gets 408`() async throws {
        try await TestServer.with {
            $0.bodyTimeout = .milliseconds(300)
        } _: { test in
            let client = try test.newClient()
            await client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nx")
            let answer = try #require(try await client.answer())
            #expect(answer.status == 408 && answer["content-type"] == "application/problem+json")
            #expect(await client.isClosed())
        }
    }

    @Test func `who says nothing is cut off`() async throws {
        try await TestServer.with {
            $0.headTimeout = .milliseconds(300)
            $0.idleTimeout = .milliseconds(300)
        } _: { test in
            let silent = try test.newClient()
            #expect(await silent.isClosed())
            let resting = try test.newClient()
            await resting.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await resting.answer()?.status == 200)
            #expect(await resting.isClosed())
        }
    }

    @Test func `a handler that is late is answered for`() async throws {
        try await TestServer.with {
            $0.answerTimeout = .milliseconds(300)
        } _: { test in
            let client = try test.newClient()
            await client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer()?.status == 504)
            await client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer()?.status == 200)
        }
    }

    @Test func `a client that leaves while its handler works does no harm`() async throws {
        try await TestServer.with { test in
            for _ in 0..<20 {
                let client = try test.newClient()
                await client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            try await eventually("the handlers are at work") { test.gate.count == 20 }
            test.gate.open()
            let after = try await test.get("/now")
            #expect(after.status == 200)
            try await eventually("all are logged") { test.log.lines.count { $0.message == "request" } == 21 }
        }
    }
}
