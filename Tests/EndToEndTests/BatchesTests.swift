import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("batches", .inTurns)
struct BatchesTests {
    private static let workless = """
        { queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }
        """

    /// What another language's producer does.
    private func open(_ id: String, _ jobs: Int, at site: Site) async throws {
        try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", id, "name", "Summer \(id)")
        for _ in 0..<jobs {
            try await site.redis("FCALL", "cw_enqueue", "1", "cw:{default}", "diagnostics.noop", "{}", "batch", id)
        }
    }

    @Test func `are listed, shown, closed and cancelled`() async throws {
        try await Site.with(Self.workless) { site in
            // Any command brings the functions.
            _ = try await site.run("batches", "list")
            try await open("one", 2, at: site)
            let list = try await site.run("batches", "list")
            #expect(list.exit == .code(0), "\(list)")
            #expect(
                list.output.replacing(/\d+ (ms|s)\n/, with: "AGE\n").replacing(/[ ]+/, with: " ") == """
                    batch state pending done dead other age
                    default:one (Summer one) open 2 0 0 0 AGE

                    """)

            let added = try await site.run("enqueue", "diagnostics.noop", "--batch", "default:one")
            #expect(added.exit == .code(0), "\(added)")
            let closed = try await site.run("batches", "close", "default:one", "--json")
            #expect(
                closed.output.replacing(/"opened":"2[^"]+Z"/, with: #""opened":T"#)
                    == #"{"cancelled":false,"dead":0,"done":0,"id":"default:one","name":"Summer one","omitted_results":0,"#
                    + #""opened":T,"other":0,"pending":3,"state":"closed","total":3}"# + "\n")

            let cancelled = try await site.run("batches", "cancel", "default:one", "--yes")
            #expect(cancelled.exit == .code(0), "\(cancelled)")
            #expect(
                cancelled.output.replacing(/\d{4}-\S+Z/, with: "TIME") == """
                    id       default:one
                    name     Summer one
                    state    ended (cancelled)
                    members  3: 0 pending, 0 done, 0 dead, 3 discarded, cancelled or expired
                    opened   TIME
                    ended    TIME

                    """)
            #expect(try await site.state() == QueueState())
        }
    }

    @Test func `say what is wrong`() async throws {
        try await Site.with(Self.workless) { site in
            for (words, code, message) in [
                (["batches"], 64, "Say what to do with batches: list, show, close or cancel."),
                (["batches", "show"], 64, "The batch's id is missing."),
                (["batches", "show", "x"], 64, "'x' is no batch id: write queue:token, for example emails:summer."),
                (["batches", "list", "--limit", "0"], 64, "--limit must be a number from 1 to 1000."),
                (["batches", "show", "emails:x", "--limit", "1"], 64, "'--limit' is not expected here."),
                (["batches", "close", "emails:x"], 1, "There is no batch emails:x: it was never opened, or"),
            ] {
                let refused = try await site.run(program: Product.command, words)
                #expect(refused.exit == .code(Int32(code)), "\(refused)")
                #expect(refused.errors.hasPrefix("coursework: \(message)"), "\(refused)")
            }
        }
    }

    /// Each chain begins in `default` and changes the queue with every link, while workers are killed as they come to it.
    @Test func `chains across queues lose nothing and do nothing twice when their workers are killed`() async throws {
        let (chains, links) = (2000, 5)
        try await Site.with { site in
            let then = (0..<links).map { link in
                #"{"type":"diagnostics.noop","args":"{}","queue":"\#(link % 2 == 0 ? "emails" : "default")"}"#
            }
            let script = """
                for _ = 1, ARGV[1] do
                    redis.call('XADD', KEYS[1], '*', 'type', 'diagnostics.noop', 'args', '{}', 'then', ARGV[2])
                end
                """
            try await site.redis(
                "EVAL", script, "1", "cw:{default}", "\(chains)", "[" + then.joined(separator: ",") + "]")
            for round in 1...4 {
                let worker = try await site.startWorker()
                try await eventually("it has begun") { try await site.done() > chains * round }
                _ = try await worker.end(by: SIGKILL)
            }
            let worker = try await site.startWorker()
            try await eventually(within: .seconds(40), "all links are done") {
                try await site.done() >= chains * (links + 1)
            }
            _ = try await worker.end()
            #expect(try await site.done() == chains * (links + 1))
            #expect(try await site.state() == QueueState())
            #expect(try await site.state(of: "emails") == QueueState())
        }
    }

    @Test func `what a killed worker left for another queue waits until that queue takes it`() async throws {
        try await Site.with { site in
            try await site.redis("SET", "cw:{emails}", "something else")
            let first = try await site.startWorker()
            try await site.redis(
                "XADD", "cw:{default}", "*", "type", "diagnostics.noop", "args", "{}", "then",
                #"[{"type":"diagnostics.noop","args":"{}","queue":"emails","track":60000,"id":"link"}]"#)
            try await eventually("the first is done") { try await site.done() == 1 }
            _ = try await first.end(by: SIGKILL)
            #expect(try await site.redis("XLEN", "cw:{default}:outgoing") == "1")

            try await site.redis("DEL", "cw:{emails}")
            let second = try await site.startWorker()
            #expect(try await site.end(of: "link", in: "emails") == "done")
            try await eventually("nothing is left") { try await site.redis("XLEN", "cw:{default}:outgoing") == "0" }
            #expect(try await site.done() == 2)
            _ = try await second.end()
        }
    }
}

extension Site {
    /// Jobs done in the two queues.
    fileprivate func done() async throws -> Int {
        var sum = 0
        for queue in ["default", "emails"] { sum += Int(try await redis("HGET", "cw:{\(queue)}:stats", "done")) ?? 0 }
        return sum
    }
}
