import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Rescue", .timeLimit(.minutes(1)))
struct RescueTests {
    @Test func `only jobs whose lease ran out are taken over, and counted as a crash`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            _ = try await q.claim(2, by: q.ada)
            try await q.makeIdle("2-0", of: q.ada)
            let jobs = try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 10).jobs
            #expect(jobs.map(\.entryText) == ["2-0"])
            #expect(jobs.first?.wasRescued == true && jobs.first?.attempt == 1)
            #expect(
                try await q.state == [
                    ":intact bob", ":setbacks 2-0 interruptions 0 losses 0 silent ada", ":stats rescued=1",
                    "entry 1-0 args={} type=t.x", "entry 2-0 args={} type=t.x",
                    "held 1-0 ada x1", "held 2-0 bob x2", "worker ada", "worker bob",
                ])
        }
    }

    @Test func `no more than the limit, the oldest first`() async throws {
        try await withQueue { q in
            try await q.seed(5)
            _ = try await q.claim(5, by: q.ada)
            let jobs = try await q.queue.rescue(for: q.bob, lease: .zero, limit: 2).jobs
            #expect(jobs.map(\.entryText) == ["1-0", "2-0"])
        }
    }

    @Test func `a job whose holders died as often as the limit says is parked`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.claim(by: q.ada)
            #expect(
                try await q.queue.rescue(for: q.bob, lease: .zero, limit: 1, tolerance: Tolerance(crashes: 3)).jobs
                    .count
                    == 1)
            #expect(
                try await q.queue.rescue(for: q.ada, lease: .zero, limit: 1, tolerance: Tolerance(crashes: 3)).jobs
                    .count
                    == 1)
            #expect(
                try await q.queue.rescue(for: q.bob, lease: .zero, limit: 1, tolerance: Tolerance(crashes: 3)).jobs
                    .isEmpty
            )
            let dead = try #require(try await q.state.first { $0.hasPrefix(":dead:jobs") })
            #expect(dead.contains("reason=crash") && dead.contains("crashes=3") && dead.contains("worker=ada"))
            #expect(dead.contains("error=The worker process died while it ran this job, 3 times."))
            #expect(try await q.queue.statistics().counters == ["rescued": 2, "dead": 1])
        }
    }

    @Test func `crashes before a retry count too`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.claim(by: q.ada)
            let job = try #require(try await q.takeAll(for: q.bob).first)
            #expect(try await q.queue.retry(job, in: .zero, error: "e", by: q.bob))
            _ = try await q.queue.promote()
            _ = try await q.claim(by: q.ada)
            #expect(
                try await q.queue.rescue(for: q.bob, lease: .zero, limit: 1, tolerance: Tolerance(crashes: 2)).jobs
                    .isEmpty
            )
            #expect(try await q.queue.statistics().dead == 1)
        }
    }

    @Test func `jobs in front that cannot be taken do not hide those behind them`() async throws {
        try await withQueue { q in
            try await q.join()
            let plain = NewJob("t.x", queue: "q", args: [])
            _ = await q.queue.enqueue(contentsOf: Array(repeating: plain, count: 1500))
            let gone = try await q.claim(1400, by: q.ada)
            let left = try await q.claim(100, by: q.bob)
            try await q.makeIdle(gone.map(\.entryText), of: q.ada)
            try await q.makeIdle(left.map(\.entryText), of: q.bob)
            // Their entries were deleted by somebody: nothing of them is left to run.
            var pipeline = RedisPipeline()
            pipeline.add(["XDEL", q.queue.keys.stream] + gone.map(\.entryText))
            _ = try await q.client.send(pipeline)
            let eve = WorkerID(host: "eve", process: 3)
            try await q.queue.join(eve)
            var taken: Set<String> = []
            for _ in 0..<200 where taken.count < 100 {
                let jobs = try await q.queue.rescue(for: eve, lease: .seconds(5), limit: 10).jobs
                taken.formUnion(jobs.map(\.entryText))
            }
            #expect(taken == Set(left.map(\.entryText)))
            #expect(try await q.queue.statistics().active == 100)
        }
    }

    @Test func `a job whose claim was answered into the void comes back to its own worker`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            _ = try await q.claim(2, by: q.ada)
            try await q.makeIdle("1-0", of: q.ada)
            #expect(try await q.queue.renew([Array("2-0".utf8)[...]], handings: 1, by: q.ada) == [])
            let jobs = try await q.queue.rescue(for: q.ada, lease: .seconds(5), limit: 10).jobs
            #expect(jobs.map(\.entryText) == ["1-0"])
            #expect(try await q.queue.rescue(for: q.ada, lease: .seconds(5), limit: 10).jobs.isEmpty)
            #expect(try await q.queue.complete(jobs, by: q.ada) == [])
        }
    }

    @Test func `a job is rescued once, whoever asks`() async throws {
        try await withQueue { q in
            try await q.seed(50)
            try await q.makeIdle(try await q.claim(50, by: q.ada).map(\.entryText), of: q.ada)
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 0..<10 {
                    group.addTask {
                        let worker = WorkerID(host: "w\(number)", process: 9)
                        return try await q.queue.rescue(for: worker, lease: .seconds(5), limit: 9).jobs.map(\.entryText)
                    }
                }
                return try await group.reduce([], +)
            }
            #expect(taken.count == 50 && Set(taken).count == 50)
        }
    }
}
