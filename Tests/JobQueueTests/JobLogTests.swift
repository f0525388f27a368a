import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("What a tracked job says", .timeLimit(.minutes(1)))
struct JobLogTests {
    private func withJob(
        tracked: Bool = true, _ body: (TestQueue, JobID, ClaimedJob) async throws -> Void
    ) async throws {
        try await withQueue { q in
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: Array("{}".utf8))
            if tracked { new.trackFor = .seconds(100) }
            let id = try await q.queue.enqueue(new)
            try await body(q, id, try #require(try await q.claim(by: q.ada).first))
        }
    }

    private func say(_ messages: [String], _ q: TestQueue, _ job: ClaimedJob) async throws {
        let lines = messages.map { JobLogLine(level: "info", message: $0) }
        #expect(try await q.queue.log(lines, of: job, by: q.ada))
    }

    @Test func `is kept in its order, with its fields, and read on from any line`() async throws {
        try await withJob { q, id, job in
            let said = JobLogLine(level: "notice", message: "half \"way\"\n", fields: ["pages": "3", "a b": "\u{1B}"])
            #expect(try await q.queue.log([said], of: job, by: q.ada))
            try await say(["two", "three"], q, job)
            let lines = try await q.queue.log(of: id)
            #expect(lines.map(\.message) == ["half \"way\"\n", "two", "three"])
            #expect(lines[0].level == "notice" && lines[0].fields == said.fields && lines[0].attempt == 1)
            #expect(lines[0].milliseconds > 1_700_000_000_000)
            #expect(try await q.queue.log(of: id, after: lines[0].id).map(\.message) == ["two", "three"])
            #expect(try await q.queue.log(of: id, after: lines[2].id) == [])
            #expect(try await q.queue.log(of: id, atMost: 1).map(\.message) == ["half \"way\"\n"])
            let end = lines[2].milliseconds + 1
            #expect(try await q.queue.log(of: id, in: lines[0].milliseconds..<end).count == 3)
            #expect(try await q.queue.log(of: id, in: end..<end + 1000) == [])
        }
    }

    @Test func `is bounded: the newest lines, and of each the beginning`() async throws {
        try await withJob { q, id, job in
            for start in stride(from: 0, to: 300, by: 100) {
                try await say((start..<start + 100).map { "line \($0)" }, q, job)
            }
            let lines = try await q.queue.log(of: id, atMost: 1000)
            #expect(lines.count == JobQueue.mostLogLines && lines.first?.message == "line 100")
            #expect(lines.last?.message == "line 299")
            try await say([String(repeating: "ä", count: 10_000)], q, job)
            let long = try #require(try await q.queue.log(of: id).last)
            #expect(long.message == String(repeating: "ä", count: 250))
            let wide = JobLogLine(level: "info", message: "m", fields: ["x": String(repeating: "y", count: 10_000)])
            _ = try await q.queue.log([wide], of: job, by: q.ada)
            #expect(try await q.queue.log(of: id).last?.fields == [:])
        }
    }

    @Test func `lives as long as the job is tracked, and no longer`() async throws {
        try await withJob { q, id, job in
            try await say(["one"], q, job)
            let key = q.queue.keys.log(of: id.token)
            let life = try #require(try await q.client.call("PTTL", key).integer)
            #expect((90_000...100_000).contains(life))
            _ = try await q.client.call("PEXPIRE", key, "5000")
            _ = try await q.queue.finish(job, as: .done, by: q.ada)
            let after = try #require(try await q.client.call("PTTL", key).integer)
            #expect((90_000...100_000).contains(after))
        }
    }

    @Test func `is not kept of a job that nobody tracks`() async throws {
        try await withJob(tracked: false) { q, id, job in
            try await say(["one"], q, job)
            #expect(try await q.client.call("EXISTS", q.queue.keys.log(of: id.token)).integer == 0)
        }
    }

    @Test func `is refused from a worker that lost the job`() async throws {
        try await withJob { q, id, job in
            _ = try await q.takeAll(for: q.bob)
            #expect(try await !q.queue.log([JobLogLine(level: "info", message: "late")], of: job, by: q.ada))
            #expect(try await q.queue.log(of: id) == [])
        }
    }

    @Test func `harms nothing where somebody else wrote`() async throws {
        try await withJob { q, id, job in
            _ = try await q.client.call("SET", q.queue.keys.log(of: id.token), "x")
            _ = try await q.client.call("SET", q.queue.keys.events, "x")
            try await say(["one"], q, job)
            #expect(try await q.queue.log(of: id) == [])
            #expect(try await q.queue.finish(job, as: .done, by: q.ada))
            #expect(try await q.queue.changes(in: 0..<Int.max)?.isEmpty == true)
            #expect(try await q.queue.spoiledKeys() == [q.queue.keys.events])
        }
    }
}
