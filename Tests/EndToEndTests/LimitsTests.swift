import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("limits", .inTurns)
struct LimitsTests {
    private static let configuration = """
        {
            queues: ["default"], pools: { main: { queues: ["default"], drain: "1ms" } },
            policies: { "diagnostics.sleep": { limit: { concurrency: 1, rate: "60/1m", burst: 60, by: "tenant" } } },
        }
        """

    @Test func `shows who runs and who waits, and a job that waits says for what`() async throws {
        try await Site.with(Self.configuration) { site in
            let none = try await site.run("limits")
            #expect(none.output == "No job asked for a limit in the last ten minutes.\n", "\(none)")
            let worker = try await site.startWorker()
            var tokens: [String] = []
            for _ in 1...3 {
                tokens.append(try await site.add("diagnostics.sleep", #"{"seconds":60,"tenant":"a"}"#))
            }
            try await eventuallyBlocked(2, site)

            let table = try await site.run("limits")
            #expect(table.exit == .code(0), "\(table)")
            #expect(
                table.output == """
                    limit                              queue    running   rate  waiting  next
                    policy:diagnostics.sleep:tenant=a  default      1/1  60/1m        2   now

                    """)
            let json = try await site.run("limits", "--json")
            #expect(
                json.output == #"[{"burst":60,"concurrency":1,"key":"policy:diagnostics.sleep:tenant=a","next_ms":0,"#
                    + #""queue":"default","rate":"60/1m","running":1,"waiting":2}]"# + "\n")
            let shown = try await site.run("jobs", "show", "default:\(tokens[1])")
            #expect(
                shown.output.contains("blocked") && shown.output.contains("limit:policy:diagnostics.sleep:tenant=a"))

            // The worker that goes leaves the pass to the job, which is cancelled; then the next one has it.
            let ended = try await worker.end()
            #expect(ended.exit == .code(0), "\(ended)")
            let cancelled = try await site.run("jobs", "cancel", "default:\(tokens[0])", "default:\(tokens[2])")
            #expect(cancelled.exit == .code(0), "\(cancelled)")
            #expect(try await site.run("limits", "--json").output.contains(#""running":1,"waiting":0"#))
            #expect(try await site.state() == QueueState(ready: 1))
        }
    }

    private func eventuallyBlocked(_ count: Int, _ site: Site) async throws {
        try await eventually("\(count) jobs wait") {
            try await site.redis("HLEN", "cw:{default}:blocked:jobs") == "\(count)"
        }
    }
}
