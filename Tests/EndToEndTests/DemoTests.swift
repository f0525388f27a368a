import Foundation
import ProgramSupport
import Testing

@Suite("demo", .inTurns(limit: .seconds(320)))
struct DemoTests {
    @Test func `ends well and says where the mail lies, which another program can read`() async throws {
        try await Site.with(nil, redis: nil) { site in
            // It encodes two videos, which takes a busy machine minutes.
            let demo = try await site.run("demo", "--data", site.folder + "/demo", within: .seconds(300))

            #expect(demo.exit == .code(0), "\(demo)")
            #expect(demo.output.contains("durable: the same, by INSERT INTO coursework.outbox"))
            #expect(demo.output.split(separator: "\n").count { $0.hasPrefix("  done as emails:") } == 2)
            #expect(demo.output.contains("\n  place: coursework.quiz_grades, attempt 1\n"), "\(demo)")
            let line = try #require(demo.output.split(separator: "\n").first { $0.contains("place: /") }, "\(demo)")
            let file = String(line.trimmingPrefix("  place: "))
            #expect(file.hasPrefix(site.folder + "/demo/mail/emails."))
            let mail = try await site.read(mail: file)
            #expect(mail.headers["to"] == "Ada Lovelace <ada@example.org>")
            #expect(mail.type == "multipart/alternative")
            #expect(mail.parts.map(\.type) == ["text/plain", "text/html"])
            #expect(mail.parts.allSatisfy { $0.text.contains("Analytical Engine") })
            #expect(mail.defects == [])
        }
    }
}
