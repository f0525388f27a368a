import HTTPServer
import TestSupport
import Testing

@Suite("HTTP routing")
struct RoutingTests {
    @Test func `answers what is in the table, at once or later`() async throws {
        try await TestServer.with { test in
            let now = try await test.get("/now")
            #expect(now.status == 200 && now.body == "now")
            test.gate.open()
            let later = try await test.get("/later")
            #expect(later.status == 200 && later.body == "later")
        }
    }

    @Test(arguments: [
        ("/echo/a", "a"), ("/echo/a%2Fb", "a/b"), ("/echo/%C3%A9", "é"), ("/echo/a+b", "a+b"),
        ("/query?q=a+b%26c", "a b&c"),
        ("/query?p=1&q=2&q=3", "2"), ("/query", "nothing"), ("/query?q=%FF", "nothing"), ("/query?q", ""),
    ])
    func `reads parameters and queries`(target: String, text: String) async throws {
        try await TestServer.with { test in
            let answer = try await test.get(target)
            #expect(answer.status == 200 && answer.body == text)
        }
    }

    @Test(arguments: [
        "/", "/no", "//now", "/now/", "/NOW", "/%6eow", "/./now", "/echo/", "/echo/a/b", "/%2e%2e/now", "/now%00",
        "/now;a",
        "/echo/..%2f/now",
    ])
    func `what is not in the table is not there`(target: String) async throws {
        try await TestServer.with { test in
            let answer = try await test.get(target)
            #expect(answer.status == 404 && answer["content-type"] == "application/problem+json")
            #expect(
                answer.body == #"{"title":"Not Found","status":404,"detail":"There is nothing by this path."}"#)
        }
    }

    @Test(arguments: ["/echo/%", "/echo/%f", "/echo/%zz", "/echo/%FF", "/echo/a%00"])
    func `refuses parameters that are no text`(target: String) async throws {
        try await TestServer.with { test in
            let answer = try await test.get(target)
            #expect(answer.status == 400)
        }
    }

    @Test func `names the methods there are`() async throws {
        try await TestServer.with { test in
            let posted = try await test.ask("POST /now HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            #expect(posted.status == 405 && posted["allow"] == "GET, HEAD")
            let got = try await test.get("/body")
            #expect(got.status == 405 && got["allow"] == "POST")
            for method in ["TRACE", "BREW"] {
                let strange = try await test.ask("\(method) /now HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(strange.status == 405 && strange["allow"] == "GET, HEAD")
            }
            #expect(try await test.ask("BREW /nowhere HTTP/1.1\r\nHost: a\r\n\r\n").status == 404)
        }
    }

    @Test func `what is for staff answers 401 to everybody`() async throws {
        try await TestServer.with { test in
            let answer = try await test.get(
                "/staff", fields: "X-Forwarded-For: 127.0.0.1\r\nAuthorization: Bearer x\r\n")
            #expect(answer.status == 401 && !answer.body.contains("secret"))
        }
    }

    @Test func `answers HEAD as GET, without the body`() async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            await client.send("HEAD /now HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = try #require(try await client.answer(bodiless: true))
            #expect(head.status == 200 && head["content-length"] == "3")
            await client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer()?.body == "now")
        }
    }

    @Test func `every answer tells browsers to run and load nothing`() async throws {
        try await TestServer.with { test in
            for target in ["/now", "/no", "/fails", "/staff", "/echo/%"] {
                let answer = try await test.get(target)
                #expect(answer["x-content-type-options"] == "nosniff", "\(target)")
                #expect(answer["content-security-policy"]?.hasPrefix("default-src 'none'") == true, "\(target)")
                #expect(answer["referrer-policy"] == "no-referrer", "\(target)")
                #expect(answer["strict-transport-security"] == nil && answer["access-control-allow-origin"] == nil)
            }
        }
    }

    @Test func `insists on TLS where the world comes through it`() async throws {
        try await TestServer.with {
            $0.isBehindTLS = true
        } _: { test in
            let answer = try await test.get("/now")
            #expect(answer["strict-transport-security"] == "max-age=31536000")
        }
    }

    @Test func `what a handler throws is in the log, not in the answer`() async throws {
        try await TestServer.with { test in
            let answer = try await test.get("/fails", fields: "X-Request-Id: my-4711\r\n")
            #expect(answer.status == 500 && answer.body == #"{"title":"Internal Server Error","status":500}"#)
            #expect(answer["x-request-id"] == "my-4711")
            let line = try #require(test.log.lines.first { $0.level == .error })
            #expect(line.fields.contains { $0.name == "request_id" && $0.value == "my-4711" })
            #expect(line.fields.contains { $0.name == "error" && $0.value == "the secret reason" })
        }
    }

    @Test func `lines about a request say which, and in which trace`() async throws {
        try await TestServer.with { test in
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let field = "traceparent: 00-\(trace)-00f067aa0ba902b7-01\r\n"
            _ = try await test.get("/fails", fields: field + "X-Request-Id: one\r\n")
            _ = try await test.get("/now", fields: field + field + "X-Request-Id: two\r\n")
            _ = try await test.get("/now", fields: "traceparent: 00-zz\r\nX-Request-Id: three\r\n")
            try await eventually("all are logged") { test.log.lines.count { $0.message == "request" } == 3 }
            for line in test.log.lines {
                let id = line.fields.first { $0.name == "request_id" }?.value
                let shown = line.fields.first { $0.name == "trace_id" }?.value
                #expect(id != nil && shown == (id == "one" ? .verbatim(trace) : nil), "\(line)")
            }
        }
    }

    @Test func `logs each request, and nothing that a stranger could choose`() async throws {
        try await TestServer.with { test in
            let answer = try await test.get("/echo/SECRET-CODE?token=SECRET-TOKEN", fields: "X-Request-Id: a b\r\n")
            let id = try #require(answer["x-request-id"])
            #expect(id != "a b")
            _ = try await test.get("/SECRET-CODE")
            try await eventually("both are logged") { test.log.lines.count { $0.message == "request" } == 2 }
            let fields = test.log.lines.filter { $0.message == "request" }.map { line in
                Dictionary(uniqueKeysWithValues: line.fields.map { ($0.name, $0.value) })
            }
            #expect(!"\(fields)".contains("SECRET"))
            #expect(fields[0]["route"] == "/echo/{text}" && fields[0]["status"] == 200 && fields[0]["method"] == "GET")
            #expect(fields[0]["request_id"] == .string(id) && fields[0]["client"] == "127.0.0.1")
            #expect(fields[0]["bytes"] == 11)
            #expect(fields[1]["route"] == "none" && fields[1]["status"] == 404)
        }
    }
}
