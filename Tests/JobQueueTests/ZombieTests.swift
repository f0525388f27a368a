import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

/// A worker that froze, lost its jobs to another and comes back: nothing it says may change anything.
@Suite("A zombie worker", .timeLimit(.minutes(1)))
struct ZombieTests {
    @Test(arguments: [
        "complete", "finish", "progress", "retry", "snooze", "bury", "release", "renew", "leave", "checkpoint",
    ])
    func `changes nothing, and is counted as a lost lease instead of a crash`(verb: String) async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("1-0", "type", "t.x", "args", "{}", "track", "100000")
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.rescue(for: q.bob, lease: .zero, limit: 1).jobs.count == 1)
            let state = try await q.state
            for _ in 1...2 {
                switch verb {
                case "complete": #expect(try await q.queue.complete([job], by: q.ada) == ["1-0"])
                case "finish": #expect(try await !q.queue.finish(job, as: .done, result: .none, by: q.ada))
                case "progress": #expect(try await !q.queue.report(progress: 1, of: job, by: q.ada))
                case "retry": #expect(try await !q.queue.retry(job, in: .zero, error: "", by: q.ada))
                case "snooze": #expect(try await !q.queue.snooze(job, for: .zero, by: q.ada))
                case "bury": #expect(try await !q.queue.bury(job, reason: .buried, error: "", by: q.ada))
                case "release": #expect(try await q.queue.release([job.entry], by: q.ada) == 0)
                case "renew": #expect(try await q.queue.renew([job.entry], handings: 1, by: q.ada) == ["1-0"])
                case "checkpoint":
                    #expect(try await !q.queue.save(checkpoint: [1], of: job, for: .seconds(9), by: q.ada))
                default: #expect(try await q.queue.leave(q.ada) == 0)
                }
            }
            guard verb != "leave" else { return #expect(try await q.state.contains("held 1-0 bob x2")) }
            let counted = ["held", ":stats", ":setbacks"]
            func uncounted(_ state: [String]) -> [String] {
                state.filter { line in !counted.contains { line.hasPrefix($0) } }
            }
            let after = try await q.state
            #expect(uncounted(after) == uncounted(state))
            #expect(after.contains("held 1-0 bob x1"))
            #expect(try await q.queue.statistics().counters == ["rescued": 1, "lost": 1])
        }
    }

    @Test(arguments: ["retry", "bury", "release", "complete"])
    func `changes nothing when the other one is done with the job`(verb: String) async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.rescue(for: q.bob, lease: .zero, limit: 1).jobs.count == 1)
            _ = try await q.queue.complete([job], by: q.bob)
            let state = try await q.state
            switch verb {
            case "retry": #expect(try await !q.queue.retry(job, in: .zero, error: "", by: q.ada))
            case "bury": #expect(try await !q.queue.bury(job, reason: .buried, error: "", by: q.ada))
            case "release": #expect(try await q.queue.release([job.entry], by: q.ada) == 0)
            default: #expect(try await q.queue.complete([job], by: q.ada) == ["1-0"])
            }
            #expect(try await q.state == state)
        }
    }
}
