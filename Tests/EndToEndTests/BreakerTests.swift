import ProgramSupport
import TestSupport
import Testing

@Suite("A mail server that is away", .inTurns)
struct BreakerTests {
    private static let oneQueue = """
        {
            queues: ["emails"], pools: { main: { queues: ["emails"], slots: 4 } },
        }
        """

    private static let mail = #"{"to":"ada@example.org","from":"a@b.example","subject":"Hi","text":"Hello"}"#

    @Test func `is not called for a while, and mail waits with its attempts unchanged`() async throws {
        try await Site.with(Self.oneQueue) { site in
            // Nobody listens on the lowest port.
            let worker = try await site.start("work", environment: ["SMTP_URL": "smtp://127.0.0.1:1"])
            for _ in 1...12 { _ = try await site.add("email.send", Self.mail, to: "emails") }
            _ = try await worker.errors.first(containing: "A dependency fails too often")
            let late = try await site.add("email.send", Self.mail, to: "emails")
            var shown = ""
            try await eventually(within: .seconds(20), "the mail is put off") {
                shown = try await site.run("jobs", "show", "emails:\(late)", "--json").output
                return shown.contains(#""state":"retrying""#)
            }
            #expect(shown.contains(#""attempt":1,"#) && shown.contains(#""snoozes":"1""#), "\(shown)")
            try await eventually(within: .seconds(30), "workers tells of the server that is not called") {
                try await site.run("workers").output.contains("does not call smtp:127.0.0.1: open")
            }
        }
    }
}
