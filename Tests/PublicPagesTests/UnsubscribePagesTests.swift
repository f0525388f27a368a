import EmailWorker
import Foundation
import HTTPServer
import MailRecord
import Platform
import PublicPages
import TestSupport
import Testing

@Suite("pages for unsubscribing")
struct UnsubscribePagesTests {
    private static let ada = Subscription(address: "ada@example.org", list: "weekly-digest")

    @Test func `the page asks and changes nothing; a post takes the reader off the list, as often as it comes`()
        async throws
    {
        try await PublicSite.with { site in
            let target = "/unsubscribe?token=\(site.tokens.token(for: Self.ada, at: Date()))"
            let page = try await site.get(target)
            #expect(
                page.status == 200 && page.body.contains("ada@example.org gets the mails of the list “weekly-digest”."))
            #expect(page.body.contains("action=\"\(target)\""))
            #expect(try await site.mail.suppressions(limit: 10).isEmpty)
            for _ in 0..<2 {
                let done = try await site.post(target)
                #expect(done.status == 200 && done.body.contains("gets no more mail of the list “weekly-digest”."))
            }
            let suppressions = try await site.mail.suppressions(limit: 10)
            #expect(
                suppressions.map(\.address) == ["ada@example.org"] && suppressions.map(\.scope) == ["weekly-digest"])
            #expect(suppressions.map(\.reason) == [.unsubscribe])
        }
    }

    @Test func `mail programs post a form by one click`() async throws {
        try await PublicSite.with { site in
            let target = "/unsubscribe?token=\(site.tokens.token(for: Self.ada, at: Date()))"
            let done = try await site.post(target, fields: ["Content-Type: application/x-www-form-urlencoded"])
            #expect(done.status == 200)
            #expect(try await site.mail.suppressions(of: "ada@example.org", limit: 10).count == 1)
        }
    }

    @Test func `a link that is forged or too old takes nobody off`() async throws {
        try await PublicSite.with { site in
            let token = site.tokens.token(for: Self.ada, at: Date())
            let old = site.tokens.token(for: Self.ada, at: Date() - 90_000)
            for (query, heading) in [
                ("?token=\(old)", "This link is too old"), ("?token=x\(token)", "This link does not work"),
                ("", "does not work"),
                ("?token=\(String(repeating: "A", count: 5000))", "does not work"), ("?token=%3Cb%3E", "does not work"),
            ] {
                for answer in [try await site.get("/unsubscribe\(query)"), try await site.post("/unsubscribe\(query)")]
                {
                    #expect(answer.status == 400 && answer.body.contains(heading), "\(query)")
                    #expect(!answer.body.contains("<form"))
                }
            }
            #expect(try await site.mail.suppressions(limit: 10).isEmpty)
        }
    }

    @Test func `where no links are made there is nothing, and without a database it says that nothing happened`()
        async throws
    {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        try await PublicSite.serve(UnsubscribePages(tokens: nil, record: nil).routes, on: loop) { port in
            let answer = try await HTTPClient.ask("GET", "/unsubscribe?token=x", fields: [], port: port)
            #expect(answer.status == 404)
        }
        try await PublicSite.with { site in
            let target = "/unsubscribe?token=\(site.tokens.token(for: Self.ada, at: Date()))"
            let routes = UnsubscribePages(tokens: site.tokens, record: nil).routes
            try await PublicSite.serve(routes, on: loop) { port in
                let answer = try await HTTPClient.ask("POST", target, fields: ["Content-Length: 0"], port: port)
                #expect(answer.status == 503 && answer.body.contains("Nothing has been changed."))
            }
        }
    }
}
