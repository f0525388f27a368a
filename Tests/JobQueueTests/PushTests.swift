import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Push", .timeLimit(.minutes(1)))
struct PushTests {
    private func job(_ token: String, delay: Int = 0, trace: String? = nil) -> PushedJob {
        PushedJob(token: token, delayMilliseconds: delay, type: "t.x", args: "{}", traceparent: trace)
    }

    @Test func `a job that is pushed again is known, as long as it is tracked`() async throws {
        try await withQueue { q in
            let jobs = [job("a", trace: "00-ab"), job("b", delay: 60_000)]
            let first = try await q.queue.push(jobs, trackFor: .seconds(100))
            #expect(first == [.added, .added])
            let state = [
                ":entries a *1",
                ":job:a for 100s attempt=1 entry=*1 state=ready type=t.x updated=now",
                ":job:b for 100s attempt=1 state=scheduled type=t.x updated=now",
                ":later b in 60s",
                ":later:jobs b args={} enqueued=now id=b track=100000 type=t.x",
                "entry *1 args={} id=a trace=00-ab track=100000 type=t.x",
            ]
            #expect(try await q.state == state)
            #expect(try await q.queue.push(jobs, trackFor: .seconds(100)) == [.known, .known])
            #expect(try await q.state == state)
        }
    }

    @Test func `hundreds keep their order`() async throws {
        try await withQueue { q in
            let jobs = (0..<250).map { job("j\($0)") }
            #expect(try await q.queue.push(jobs, trackFor: .seconds(100)).count == 250)
            try await q.join()
            #expect(try await q.claim(1000, by: q.ada).map(\.token) == jobs.map(\.token))
            let states = try await q.queue.states(of: jobs.map(\.token), trackFor: .seconds(100))
            #expect(states == Array(repeating: .ready, count: 250))
        }
    }

    @Test func `what is no job is refused, and its neighbours are not`() async throws {
        try await withQueue { q in
            let answers = try await q.queue.push([job("a"), job("no token"), job("b")], trackFor: .seconds(100))
            #expect(answers == [.added, .refused, .added])
            #expect(try await q.queue.statistics().ready == 2)
        }
    }

    @Test(arguments: ["", ":later", ":later:jobs", ":dead:jobs", ":blocked:jobs"])
    func `a key that holds something else changes nothing`(ending: String) async throws {
        try await withQueue { q in
            _ = try await q.client.call("SET", q.queue.keys.stream + ending, "something else")
            let error = await #expect(throws: RedisError.self) {
                try await q.queue.push([job("a"), job("b", delay: 1000)], trackFor: .seconds(100))
            }
            #expect(error?.code == .wrongType)
            #expect(try await q.client.call("DBSIZE").integer == 1)
        }
    }

    @Test func `an end that is noted elsewhere is kept for less long, and never for longer`() async throws {
        try await withQueue { q in
            _ = try await q.queue.push([job("a"), job("b")], trackFor: .seconds(100))
            try await q.join()
            for job in try await q.claim(2, by: q.ada) {
                _ = try await q.queue.finish(job, as: .done, result: .none, by: q.ada)
            }
            #expect(try await q.queue.states(of: ["a", "b", "c"], trackFor: .seconds(900)) == [.done, .done, nil])
            try await q.queue.untrack(["a"], keepFor: .seconds(10))
            try await q.queue.untrack(["b"], keepFor: .seconds(500))
            let lives = try await q.state.filter { $0.hasPrefix(":job:") }.compactMap {
                $0.split(separator: " ").dropFirst(2).first
            }
            #expect(lives == ["10s", "10s", "100s", "100s"])
        }
    }
}
