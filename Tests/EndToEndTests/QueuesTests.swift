import Foundation
import ProgramSupport
import Testing

@Suite("queues", .inTurns)
struct QueuesTests {
    private static let workless = """
        { queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }
        """

    @Test func `shows all there is, exactly`() async throws {
        try await Site.with(Self.workless) { site in
            try await site.seed()

            let table = try await site.run("queues")
            let json = try await site.run("queues", "--json")

            #expect(table.exit == .code(0), "\(table)")
            #expect(
                table.output == """
                    queue             ready  active  scheduled  retrying  blocked  dead  oldest  done
                    emails                0       0          0         0        0     0       -     0
                    default (paused)      2       1          1         1        1     1     9 h     7

                    """)
            let empty =
                #"{"active":0,"blocked":0,"dead":0,"done":0,"failed":0,"oldest_ready_ms":0,"outgoing":0,"paused":false,"#
                + #""paused_types":[],"ready":0,"retrying":0,"scheduled":0}"#
            let pattern =
                #"{"default":{"active":1,"blocked":1,"dead":1,"done":7,"failed":1,"oldest_ready_ms":N,"outgoing":0,"#
                + #""paused":true,"paused_types":["a.b"],"ready":2,"retrying":1,"scheduled":1},"emails":\#(empty)}"#
                + "\n"
            #expect(json.exit == .code(0), "\(json)")
            #expect(json.output.replacing(/"oldest_ready_ms":\d{2,}/, with: #""oldest_ready_ms":N"#) == pattern)
            let milliseconds = try #require(json.output.firstMatch(of: /"oldest_ready_ms":(\d{2,})/)?.1)
            #expect((32_400_000..<36_000_000).contains(Int(milliseconds) ?? 0))
        }
    }

    /// In a terminal it is a screen: see WatchTests.
    @Test func `prints a table each second where there is no terminal, until it is told to end`() async throws {
        try await Site.with(Self.workless) { site in
            let watching = try await site.start("queues", "--watch", environment: ["TERM": "xterm"])
            try await watching.output.count(of: "queue", reaches: 2)
            let ended = try await watching.end(by: 2)
            #expect(ended.exit == .code(0), "\(ended)")
            #expect(ended.output.contains("done/s") && !ended.output.contains("\u{1B}"))
        }
    }

    @Test(arguments: [
        (["batches", "list"], ":batches"), (["jobs", "show", "default:x"], ":later:jobs"), (["limits"], ":limits"),
        (["pause", "default"], ":paused"), (["schedules", "pause", "often"], ":schedules"),
        (["enqueue", "diagnostics.noop"], ""), (["dead", "list"], ":dead"),
    ])
    func `a key that holds something else is told in a sentence, and doctor says which`(
        words: [String], end: String
    ) async throws {
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                schedules: { often: { cron: "@yearly", type: "diagnostics.noop" } },
            }
            """
        try await Site.with(configuration) { site in
            try await site.redis("SET", "cw:{default}\(end)", "something else")
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(1), "\(refused)")
            let sentence = "coursework: A key of a queue holds something else; coursework doctor says which. ("
            #expect(refused.errors.hasPrefix(sentence), "\(refused)")
            let doctor = try await site.run("doctor", "--diagnostics")
            #expect(doctor.output.contains("The key cw:{default}\(end) holds something that is no part of a queue"))
        }
    }

    @Test func `says which key is no queue`() async throws {
        try await Site.with(Self.workless) { site in
            try await site.redis("SET", "cw:{default}", "something else")
            let table = try await site.run("queues")
            #expect(table.exit == .code(1))
            #expect(
                table.errors == """
                    coursework: The key cw:{default} holds something that is no part of a queue: rename or delete it.

                    """)
        }
    }
}

extension Site {
    /// Two jobs ready for more than nine hours, one active, one scheduled, one retrying, one blocked, one
    /// dead, seven done; paused.
    fileprivate func seed() async throws {
        let now = Int(Date().timeIntervalSince1970 * 1000)
        let old = now - 33_000_000
        for number in 0..<3 {
            try await redis("XADD", "cw:{default}", "\(old)-\(number + 1)", "type", "a.b", "args", "{}")
        }
        try await redis("XGROUP", "CREATE", "cw:{default}", "workers", "0")
        try await redis("XREADGROUP", "GROUP", "workers", "somebody", "COUNT", "1", "STREAMS", "cw:{default}", ">")
        try await redis("ZADD", "cw:{default}:later", "\(now + 60_000)", "one", "\(now + 60_000)", "two")
        try await redis("SADD", "cw:{default}:later:retries", "two")
        try await redis("ZADD", "cw:{default}:dead", "\(now)", "three")
        try await redis("HSET", "cw:{default}:stats", "done", "7", "dead", "1")
        try await redis("HSET", "cw:{default}:blocked:jobs", "four", "")
        _ = try await run("pause", "default")
        _ = try await run("pause", "default", "--type", "a.b", "--unchecked")
    }
}
