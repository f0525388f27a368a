import Foundation
import ProgramSupport
import Testing

@Suite("retries", .inTurns)
struct RetriesTests {
    private static let brief = """
        {
            queues: ["default"], pools: { main: { queues: ["default"], slots: 4 } },
            policies: { "diagnostics.fail": { retries: 1000, base: "10ms", cap: "10ms", retryFor: "1s" } },
        }
        """

    @Test func `jobs show tells of every attempt that failed`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let token = try await site.add("diagnostics.fail", #"{"message":"no route"}"#)
            #expect(try await site.end(of: token) == "dead")
            let shown = try await site.run("jobs", "show", "default:\(token)")
            #expect(shown.exit == .code(0), "\(shown)")
            let attempts = shown.output.matches(of: /attempt (\d) .* after \d+ ms at .*: DeliberateFailure: no route\n/)
            #expect(attempts.map { String($0.1) } == ["1", "2", "3", "4"], "\(shown)")
            let json = try await site.run("jobs", "show", "default:\(token)", "--json")
            #expect(
                json.output.contains(#""attempts_omitted":0"#) && json.output.contains(#""kind":"DeliberateFailure""#))
        }
    }

    @Test func `the configuration boxes the time for retries`() async throws {
        try await Site.with(Self.brief) { site in
            _ = try await site.startWorker()
            let token = try await site.add("diagnostics.fail", #"{"message":"no route"}"#)
            #expect(try await site.end(of: token) == "dead")
            #expect(
                try await site.deadLetter(token)
                    == .init(
                        reason: "too_late",
                        error:
                            "no route (No retry: it would have begun more than 1 s after the job was enqueued.)"))
        }
    }
}
