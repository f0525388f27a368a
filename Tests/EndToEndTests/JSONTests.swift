import Foundation
import ProgramSupport
import TestSupport
import Testing

/// What programs read has one form for times, whichever command prints it.
@Suite("--json", .inTurns)
struct JSONTests {
    private static let configuration = """
        {
            queues: ["default"], pools: { main: { queues: ["default"] } },
            policies: { "diagnostics.fail": { retries: 1, base: "1ms", limit: { rate: "100/1s" } } },
            schedules: { yearly: { cron: "@yearly", type: "diagnostics.noop" } },
        }
        """

    private static let commands = [
        ["queues"], ["limits"], ["workers"], ["batches", "list"], ["batches", "show", "default:b"],
        ["schedules"], ["doctor", "--diagnostics"], ["dead", "groups"], ["dead", "list"],
        ["dead", "show", "default:dead"],
        ["dead", "replays"], ["dead", "replay", "--all", "--dry-run", "--after", "1d"],
        ["jobs", "show", "default:dead"],
    ]

    /// Two attempts failed, a batch has ended, a replay was begun with a time in its filter.
    private func seed(_ site: Site) async throws {
        let worker = try await site.startWorker()
        let args = #"{"times":null,"message":"no"}"#
        try await site.redis("FCALL", "cw_enqueue", "1", "cw:{default}", "diagnostics.fail", args, "id", "dead")
        try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", "b")
        try await site.redis("FCALL", "cw_batch_close", "1", "cw:{default}", "b")
        try await eventually("it is dead") { try await site.state().dead == 1 }
        #expect(try await site.run("schedules", "run", "yearly").exit == .code(0))
        try await site.redis("HSET", "cw:{default}:schedules", "yearly", "1767225600000")
        let replayed = try await site.run("dead", "replay", "--all", "--after", "2020-01-01T00:00:00Z", "--yes")
        #expect(replayed.exit == .code(0), "\(replayed)")
        try await eventually("it is dead again") { try await site.state() == QueueState(dead: 1) }
        try await eventually("the worker is listed") { try await site.run("workers", "--json").output.contains("pid") }
        withExtendedLifetime(worker) {}
    }

    @Test func `writes instants as RFC 3339 says and durations as milliseconds, everywhere`() async throws {
        try await Site.with(Self.configuration) { site in
            try await seed(site)
            var (instants, durations) = (Set<String>(), Set<String>())
            for command in Self.commands {
                let finished = try await site.run(program: Product.command, command + ["--json"])
                #expect(finished.exit == .code(0), "\(finished)")
                let json = try JSONSerialization.jsonObject(with: Data(finished.output.utf8))
                Self.visit(json, below: "") { name, value in
                    if name.hasSuffix("_ms") {
                        durations.insert(name)
                        #expect(
                            (value as? Int).map { $0 < 1_000_000_000_000 } == true, "\(command): \(name) is \(value)")
                    } else if let text = value as? String, text.wholeMatch(of: /\d{4}-\d{2}-\d{2}.*/) != nil {
                        instants.insert(name)
                        let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}Z|[+-]\d\d:\d\d)/
                        #expect(text.wholeMatch(of: form) != nil, "\(command): \(name) is \(text)")
                    } else {
                        // No instant hides in a number.
                        #expect((value as? Double ?? 0) < 1e11, "\(command): \(name) is \(value)")
                    }
                }
            }
            #expect(durations == ["oldest_ready_ms", "next_ms", "silent_ms", "duration_ms"])
            #expect(
                instants == [
                    "opened", "ended", "started", "seen", "first", "last", "next", "buried", "time", "begun", "updated",
                    "since",
                ])
        }
    }

    /// `fields` and `args` are shown as they are stored.
    private static func visit(_ value: Any, below name: String, _ body: (String, Any) -> Void) {
        switch value {
        case let object as [String: Any]:
            for (name, value) in object where !["fields", "args", "original"].contains(name) {
                visit(value, below: name, body)
            }
        case let list as [Any]: for value in list { visit(value, below: name, body) }
        default: body(name, value)
        }
    }
}
