import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("The history of a job's attempts", .timeLimit(.minutes(1)))
struct HistoryTests {
    /// A field of the only entry.
    private func field(_ name: String, of q: TestQueue) async throws -> [UInt8]? {
        let script = """
            local fields = redis.call('XRANGE', KEYS[1], '-', '+')[1][2]
            for at = 1, #fields, 2 do if fields[at] == ARGV[1] then return fields[at + 1] end end
            """
        return try await q.client.call("EVAL", script, "1", q.queue.keys.stream, name).bytes.map(Array.init)
    }

    private func deadHistory(of q: TestQueue) async throws -> AttemptHistory? {
        let script = """
            local fields = cmsgpack.unpack(redis.call('HVALS', KEYS[1])[1])
            for at = 1, #fields, 2 do if fields[at] == 'history' then return fields[at + 1] end end
            """
        return try await q.client.call("EVAL", script, "1", q.queue.keys.deadJobs).bytes.flatMap(AttemptHistory.init)
    }

    private func fail(_ q: TestQueue, _ error: ErrorReport, after duration: Duration = .zero) async throws {
        let job = try #require(try await q.claim(by: q.ada).first)
        #expect(try await q.queue.retry(job, in: .zero, error: error, after: duration, by: q.ada))
        #expect(try await q.queue.promote().count == 1)
    }

    private func history(of q: TestQueue) async throws -> AttemptHistory {
        let json = try #require(try await field("history", of: q))
        return try #require(AttemptHistory(json: json))
    }

    @Test func `a job that never failed has none`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.snooze(job, for: .zero, by: q.ada))
            #expect(try await q.queue.promote().count == 1)
            #expect(try await field("history", of: q) == nil)
        }
    }

    @Test func `each attempt tells its error, its kind, who ran it, how long and when`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            try await fail(q, ErrorReport("no \"route\"/\n", kind: "NoRoute"), after: .milliseconds(1234))
            let job = try #require(try await q.claim(by: q.bob).first)
            #expect(try await q.queue.bury(job, reason: .buried, error: "no reply", after: .seconds(2), by: q.bob))
            let history = try #require(try await deadHistory(of: q))
            #expect(history.omitted == 0 && history.attempts.count == 2)
            let (first, last) = (history.attempts[0], history.attempts[1])
            #expect(first.number == 1 && first.error == "no \"route\"/\n" && first.kind == "NoRoute")
            #expect(first.worker == q.ada.description && first.duration == .milliseconds(1234))
            #expect(last.number == 2 && last.error == "no reply" && last.kind == nil)
            #expect(last.worker == q.bob.description && last.duration == .seconds(2))
            #expect(first.milliseconds > 1_700_000_000_000 && last.milliseconds >= first.milliseconds)
        }
    }

    @Test func `the first and the last nine are kept, and the rest is counted`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            for number in 1...10 { try await fail(q, "failure \(number)") }
            #expect(try await history(of: q).attempts.map(\.number) == Array(1...10))
            for number in 11...25 { try await fail(q, "failure \(number)") }
            let history = try await history(of: q)
            #expect(history.omitted == 15)
            #expect(history.attempts.map(\.error) == ([1] + Array(17...25)).map { "failure \($0)" })
        }
    }

    @Test(arguments: [497, 498, 499, 500]) func `an error is cut between two letters`(spaces: Int) async throws {
        try await withQueue { q in
            try await q.seed(1)
            let begin = String(repeating: " ", count: spaces)
            try await fail(q, ErrorReport(begin + "ä€😀" + begin))
            let kept = try await history(of: q).attempts[0].error
            #expect(kept.utf8.count <= 500 && !kept.contains("\u{FFFD}"))
            #expect(kept == begin + ["ä", "ä", "", ""][spaces - 497])
        }
    }

    @Test func `a job that is parked because its workers died tells so`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.claim(by: q.ada)
            #expect(try await q.takeAll(for: q.bob, tolerance: Tolerance(crashes: 1)).isEmpty)
            let history = try #require(try await deadHistory(of: q))
            #expect(history.attempts.map(\.error) == ["The worker process died while it ran this job, 1 times."])
            #expect(history.attempts[0].worker == q.ada.description)
        }
    }

    @Test(arguments: [
        "", "null", "7", "[]", "{}", "{\"attempts\":{}}", "{\"attempts\":[],\"omitted\":\"many\"}",
        "{\"attempts\":null,\"omitted\":0}", String(repeating: "{\"attempts\":[", count: 4000), "\u{0}\u{1}",
        "{\"omitted\":0,\"attempts\":[" + String(repeating: "{},", count: 30_000) + "{}]}",
        "{\"omitted\":0,\"attempts\":[\"" + String(repeating: "x", count: 100_000) + "\"]}",
    ])
    func `what a producer wrote in its place gives way`(written: String) async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("1-0", "type", "t.x", "args", "{}", "history", written)
            try await fail(q, "failure")
            #expect(try await history(of: q).attempts.map(\.error) == ["failure"])
        }
    }

    @Test func `one that a producer wrote well grows no further than ours`() async throws {
        try await withQueue { q in
            try await q.join()
            let many = String(repeating: "0,", count: 30_000)
            try await q.add("1-0", "type", "t.x", "args", "{}", "history", "{\"omitted\":0,\"attempts\":[\(many)0]}")
            try await fail(q, "failure")
            #expect(try #require(try await field("history", of: q)).count < 1000)
        }
    }

    @Test(arguments: [
        "", "7", "{}", "{\"omitted\":1.5,\"attempts\":[]}", "{\"omitted\":0,\"attempts\":[0]}",
        #"{"omitted":0,"attempts":[{"attempt":1,"error":"e","worker":"w","duration_ms":-1,"time_ms":1}]}"#,
        #"{"omitted":0,"attempts":[{"attempt":1,"error":"e","worker":"w","duration_ms":1,"time_ms":9e18}]}"#,
    ])
    func `is not read from what is none`(text: String) {
        #expect(AttemptHistory(json: text.utf8) == nil)
    }
}
