import JobQueue
import Jobs
import Testing

@Suite("Handing over the jobs of a dead worker", .timeLimit(.minutes(1)))
struct HandOverTests {
    @Test func `they are rescued at once, and each counts a crash`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            _ = try await q.claim(2, by: q.ada)
            #expect(try await q.queue.handOver(from: q.ada) == 2)
            let jobs = try await q.queue.rescue(for: q.bob, lease: .seconds(60), limit: 9).jobs
            #expect(jobs.map(\.entryText) == ["1-0", "2-0"] && jobs.allSatisfy { $0.wasRescued })
            #expect(try await q.queue.statistics().counters == ["rescued": 2])
            // Nobody waits for its word.
            #expect(try await q.state.allSatisfy { !$0.hasPrefix(":setbacks") })
        }
    }

    @Test func `more jobs than one call may name`() async throws {
        try await withQueue { q in
            try await q.join()
            let plain = NewJob("t.x", queue: "q", args: [])
            _ = await q.queue.enqueue(contentsOf: Array(repeating: plain, count: 2500))
            _ = try await q.claim(2500, by: q.ada)
            #expect(try await q.queue.handOver(from: q.ada) == 2500)
            var taken = 0
            for _ in 1...3 {
                taken += try await q.queue.rescue(for: q.bob, lease: .seconds(60), limit: 1000).jobs.count
            }
            #expect(taken == 2500)
        }
    }

    @Test func `a worker that held nothing, or never was, is no trouble`() async throws {
        try await withQueue { q in
            #expect(try await q.queue.handOver(from: q.ada) == 0)
            try await q.seed(1)
            #expect(try await q.queue.handOver(from: q.ada) == 0)
            #expect(try await q.claim(by: q.bob).count == 1)
        }
    }

    @Test func `one that lives after all changes nothing any more`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            try await q.queue.handOver(from: q.ada)
            _ = try await q.queue.rescue(for: q.bob, lease: .seconds(60), limit: 1)
            #expect(try await q.queue.complete([job], by: q.ada) == ["1-0"])
            #expect(try await q.queue.renew([job.entry], handings: 1, by: q.ada) == ["1-0"])
        }
    }
}
