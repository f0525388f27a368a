import HTTPServer
import Platform
import TestSupport
import Testing

/// Replies without a task of their own.
@Suite("HTTP replies")
struct ReplyTests {
    private func request(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n" }

    @Test func `come at once or from another thread, in the order of their requests`() async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            for turn in 0..<50 {
                await client.send(
                    request("/reply/\(turn)") + request("/reply/at/once") + request("/echo/\(turn)"))
                for body in ["\(turn)", "once", "\(turn)"] { #expect(try await client.answer()?.body == body) }
            }
        }
    }

    @Test func `many clients at once each get their own`() async throws {
        try await TestServer.with { test in
            try await withThrowingTaskGroup { group in
                for number in 0..<16 {
                    group.addTask {
                        let client = try test.newClient()
                        for turn in 0..<100 {
                            await client.send(request("/reply/\(number)-\(turn)"))
                            #expect(try await client.answer()?.body == "\(number)-\(turn)")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `one that comes late holds up nobody`() async throws {
        try await TestServer.with({ $0.threads = 1 }) { test in
            let waiting = try (0..<50).map { _ in try test.newClient() }
            for client in waiting { await client.send(request("/reply/at/last")) }
            try await eventually("all handlers are at work") { test.gate.count == 50 }
            for _ in 0..<10 { #expect(try await test.get("/reply/x").body == "x") }
            test.gate.open()
            for client in waiting { #expect(try await client.answer()?.body == "later") }
        }
    }

    @Test func `a body comes whole beside one that is waited for`() async throws {
        try await TestServer.with {
            $0.threads = 1
            $0.bodyBytes = 1 << 20
        } _: { test in
            let (waiting, sending) = (try test.newClient(), try test.newClient())
            await waiting.send(request("/reply/at/last"))
            try await eventually("the handler is at work") { test.gate.count == 1 }
            // No two pieces are alike, so that none can be taken for another.
            let body = (0..<100_000).map { "\($0)," }.joined()
            await sending.send(
                "POST /long/body HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(try await sending.answer()?.body == body)
            test.gate.open()
            #expect(try await waiting.answer()?.body == "later")
        }
    }

    @Test func `one that nobody waits for any more is dropped`() async throws {
        try await TestServer.with { test in
            for _ in 0..<20 {
                // The connection is closed with it.
                _ = try await test.newClient().send(request("/reply/at/last"))
            }
            try await eventually("all handlers are at work") { test.gate.count == 20 }
            test.gate.open()
            #expect(try await test.get("/reply/x").body == "x")
        }
    }

    @Test func `a server that stops waits for those that are under way`() async throws {
        try await TestServer.with { test in
            let client = try test.newClient()
            await client.send(request("/reply/at/last"))
            try await eventually("the handler is at work") { test.gate.count == 1 }
            async let stopped: Void = test.server.stop()
            test.gate.open()
            #expect(try await client.answer()?.body == "later")
            await stopped
        }
    }
}
