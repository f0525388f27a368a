import Foundation
import Platform
import ProgramSupport
import TestSupport
import Testing

@Suite("jobs, pause and resume", .inTurns)
struct JobsTests {
    @Test func `shows a job that waits, and cancels it`() async throws {
        try await Site.with { site in
            let id = try await Self.id(
                site.run(
                    "enqueue", "diagnostics.noop", "--in", "5m", "--args", #"{"a":"\u001b[2J"}"#, "--track"
                ))
            let shown = try await site.run("jobs", "show", id)
            #expect(shown.exit == .code(0), "\(shown)")
            #expect(
                shown.output.contains("state     scheduled\n") && shown.output.contains("type      diagnostics.noop\n"))
            let json = try await site.run("jobs", "show", id, "--json")
            let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
            #expect(report == Report(id: id, state: "scheduled", type: "diagnostics.noop", attempt: 1))

            let cancelled = try await site.run("jobs", "cancel", id)
            #expect(cancelled.exit == .code(0) && cancelled.output == "\(id) is cancelled\n", "\(cancelled)")
            #expect(try await site.state() == QueueState())
            let after = try await site.run("jobs", "show", id, "--json")
            #expect(try JSONDecoder().decode(Report.self, from: Data(after.output.utf8)).state == "cancelled")
        }
    }

    @Test func `cancels one that runs`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let id = try await Self.id(
                site.run("enqueue", "diagnostics.sleep", "--args", #"{"seconds":60}"#, "--track"))
            try await site.untilActive(1)
            try await eventually("it shows how far it is, and when it will be done") {
                let shown = try await site.run("jobs", "show", id)
                return shown.output.contains(/progress  0 %\neta       20.*Z, in \d\d s\n/)
            }
            let shown = try await site.run("jobs", "show", id, "--json")
            #expect(shown.output.contains(/"eta":"20.*Z".*"remaining_ms":\d{5}[,}]/), "\(shown)")
            let cancelled = try await site.run("jobs", "cancel", id, "--json")
            #expect(cancelled.output == #"{"id":"\#(id)","result":"cancelling"}"# + "\n", "\(cancelled)")
            #expect(try await site.end(of: String(id.drop { $0 != ":" }.dropFirst())) == "cancelled")
            #expect(try await site.state() == QueueState())
        }
    }

    /// As a transcode's ffmpeg is.
    @Test func `a child process of a cancelled job is gone within five seconds, however deaf`() async throws {
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"], slots: 2 } },
                policies: { "diagnostics.hang": { deadline: "none" } },
            }
            """
        try await Site.with(configuration) { site in
            let worker = try await site.startWorker()
            let token = try await site.add("diagnostics.hang", #"{"how":"child","key":"k"}"#)
            try await eventually("the child runs") { !ProcessTable.descendants(of: worker.processID).isEmpty }
            let begun = MonotonicTime.now
            #expect(try await site.run("jobs", "cancel", "default:\(token)").exit == .code(0))
            #expect(try await site.end(of: token) == "cancelled")
            #expect(ProcessTable.descendants(of: worker.processID).isEmpty)
            #expect(MonotonicTime.now.since(begun) < .seconds(5))
            #expect(worker.isRunning)
        }
    }

    @Test func `prints what a tracked job says, and follows it to its end`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let id = try await Self.id(
                site.run("enqueue", "diagnostics.sleep", "--args", #"{"seconds":1}"#, "--track"))
            let followed = try await site.run("jobs", "log", id, "--follow")
            #expect(followed.exit == .code(0), "\(followed)")
            let lines = followed.output.split(separator: "\n")
            #expect(lines.count == 2 && lines[0].contains(/^20.*Z  info     It begins/), "\(followed)")
            let json = try await site.run("jobs", "log", id, "--json")
            #expect(json.output.contains(/"level":"info","message":"It begins/), "\(json)")
            // Whatever a job says, the terminal is not told to do it.
            let key = "cw:{default}:job:\(id.dropFirst("default:".count)):log"
            try await site.redis("XADD", key, "*", "level", "info", "message", "\u{1B}[2Jgone\u{9B}1m\nnext")
            let hostile = try await site.run("jobs", "log", id)
            #expect(hostile.output.hasSuffix("info     \u{FFFD}[2Jgone\u{FFFD}1m next\n"), "\(hostile)")
            let untracked = try await Self.id(site.run("enqueue", "diagnostics.noop", "--in", "5m"))
            let silent = try await site.run("jobs", "log", untracked)
            #expect(silent.exit == .code(0) && silent.output == "" && silent.errors.contains("--track"), "\(silent)")
            #expect(try await site.run("jobs", "log", "default:never").exit == .code(1))
        }
    }

    @Test func `says what it cannot do`() async throws {
        try await Site.with { site in
            let unknown = try await site.run("jobs", "show", "default:never")
            #expect(unknown.exit == .code(1) && unknown.errors.contains("There is no job default:never"), "\(unknown)")
            let gone = try await site.run("jobs", "cancel", "default:1-0")
            #expect(gone.exit == .code(1) && gone.output.hasPrefix("default:1-0 is unknown"), "\(gone)")
            for words in [
                ["jobs"], ["jobs", "show"], ["jobs", "log"], ["jobs", "cancel"], ["jobs", "show", "x"], ["pause"],
                ["resume", "x"],
            ] {
                let finished = try await site.run(program: Product.command, words)
                #expect(finished.exit == .code(64), "\(words): \(finished)")
            }
        }
    }

    @Test func `a paused queue waits for its resumption`() async throws {
        try await Site.with { site in
            let paused = try await site.run("pause", "default")
            #expect(paused.output == "default is paused\n", "\(paused)")
            #expect(try await site.run("pause", "default").output == "default was paused already\n")
            _ = try await site.startWorker()
            let token = try await site.add("diagnostics.noop")
            _ = try await site.end(of: site.add("diagnostics.noop", to: "emails"), in: "emails")
            #expect(try await site.state().ready == 1)
            #expect(try await site.run("resume", "default").output == "default is resumed\n")
            #expect(try await site.end(of: token) == "done")
            #expect(try await site.run("resume", "default").output == "default was not paused\n")
        }
    }

    @Test func `a paused type waits alone`() async throws {
        try await Site.with { site in
            #expect(
                try await site.run("pause", "default", "--type", "diagnostics.noop").output
                    == "diagnostics.noop in default is paused\n")
            _ = try await site.startWorker()
            let held = try await site.add("diagnostics.noop")
            let other = try await site.add("diagnostics.sleep", #"{"seconds":0}"#)
            #expect(try await site.end(of: other) == "done")
            let shown = try await site.run("jobs", "show", "default:\(held)")
            #expect(shown.output.contains("blocked"), "\(shown)")
            _ = try await site.run("resume", "default", "--type", "diagnostics.noop")
            #expect(try await site.end(of: held) == "done")
        }
    }

    @Test func `a type that nobody has registered is not paused by mistake`() async throws {
        try await Site.with { site in
            let words = ["default", "--type", "diagnostics.nop"]
            for command in ["pause", "resume"] {
                let refused = try await site.run(program: Product.command, [command] + words)
                #expect(refused.exit == .code(64) && refused.output == "", "\(refused)")
                #expect(
                    refused.errors.hasPrefix(
                        "coursework: No registered job type is called 'diagnostics.nop'; there is certificate.cohort,"),
                    "\(refused)")
            }
            #expect(try await site.redis("EXISTS", "cw:{default}:paused") == "0")
            // Of a newer worker, perhaps.
            let paused = try await site.run(program: Product.command, ["pause", "--unchecked"] + words)
            #expect(paused.output == "diagnostics.nop in default is paused\n", "\(paused)")
            let resumed = try await site.run(program: Product.command, ["resume"] + words)
            #expect(resumed.output == "diagnostics.nop in default is resumed\n", "\(resumed)")
            let stranger = try await site.run("pause", "emials")
            #expect(
                stranger.exit == .code(64) && stranger.errors.contains("There is no queue 'emials'"), "\(stranger)")
        }
    }

    @Test func `enqueue tells when another job stands for one`() async throws {
        try await Site.with { site in
            let first = try await site.run("enqueue", "diagnostics.noop", "--unique", "k", "--in", "5m")
            let id = try Self.id(first)
            let again = try await site.run("enqueue", "diagnostics.noop", "--unique", "k")
            #expect(
                again.output == id + "\n"
                    && again.errors == "coursework: Not enqueued: \(id) has this key and stands for it.\n")
            let replaced = try await site.run("enqueue", "diagnostics.noop", "--unique", "k", "--mode", "replace")
            #expect(replaced.output == id + "\n" && replaced.errors.contains("was replaced"), "\(replaced)")
            for words in [["--mode", "replace"], ["--unique", "k", "--mode", "x"], ["--unique", ""]] {
                let finished = try await site.run(program: Product.command, ["enqueue", "diagnostics.noop"] + words)
                #expect(finished.exit == .code(64), "\(finished)")
            }
        }
    }

    /// What `enqueue` printed.
    private static func id(_ finished: Finished) throws -> String {
        try #require(finished.id != nil, "\(finished)")
        return finished.output.trimmingCharacters(in: .newlines)
    }

    private struct Report: Decodable, Equatable {
        var id: String
        var state: String
        var type: String
        var attempt: Int
    }
}
