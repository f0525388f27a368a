import JobQueue
import Testing

@Suite("Checkpoints", .timeLimit(.minutes(1)))
struct CheckpointTests {
    @Test func `the next holder finds the last one, and it goes with the job`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.checkpoint(of: job) == nil)
            for step in UInt8(1)...2 {
                #expect(try await q.queue.save(checkpoint: [step], of: job, for: .seconds(60), by: q.ada))
            }
            let again = try #require(try await q.takeAll(for: q.bob).first)
            #expect(try await q.queue.checkpoint(of: again) == [2])
            #expect(try await !q.queue.save(checkpoint: [9], of: job, for: .seconds(60), by: q.ada))
            #expect(try await q.queue.checkpoint(of: again) == [2])
            #expect(try await q.queue.finish(again, as: .done, result: .none, by: q.bob))
            #expect(try await q.queue.checkpoint(of: again) == nil)
        }
    }

    @Test func `a job that gets on may be interrupted for ever`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            var job = try #require(try await q.claim(by: q.ada).first)
            let tolerance = Tolerance(interruptions: 2)
            for _ in 1...10 {
                #expect(try await q.queue.save(checkpoint: [1], of: job, for: .seconds(60), by: q.ada))
                try await q.queue.release([job.entry], by: q.ada, tolerance: tolerance)
                job = try #require(try await q.queue.rescue(for: q.ada, lease: .seconds(60), limit: 1).jobs.first)
            }
            for _ in 1...2 {
                try await q.queue.release([job.entry], by: q.ada, tolerance: tolerance)
                _ = try await q.queue.rescue(for: q.ada, lease: .seconds(60), limit: 1)
            }
            #expect(try await q.queue.statistics().dead == 1)
        }
    }
}
