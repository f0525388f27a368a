import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

/// However many jobs in front cannot be rescued, those behind them are.
@Suite("Rescue behind a crowd", .timeLimit(.minutes(2)))
struct StarvationTests {
    private static let crowd = 10_001
    private static let lease = Duration.seconds(3600)

    @Test(arguments: ["held with fresh leases", "suspects", "gone"])
    func `reaches ten expired jobs within two calls`(crowd: String) async throws {
        try await withQueue { q in
            try await q.join()
            for _ in 0..<12 { try await enqueue(1000, in: q) }
            let front = try await q.claim(Self.crowd, by: q.ada)
            let behind = try await q.claim(10, by: q.ada)
            try await prepare(front, as: crowd, in: q)
            try await q.claimAgain(behind, "IDLE", "7200000")

            var rescued: Set<String> = []
            for _ in 1...2 {
                let jobs = try await q.queue.rescue(for: q.bob, lease: Self.lease, limit: 10, suspects: .without).jobs
                rescued.formUnion(jobs.map(\.entryText))
            }
            #expect(rescued == Set(behind.map(\.entryText)))
        }
    }

    private func prepare(_ jobs: [ClaimedJob], as crowd: String, in q: TestQueue) async throws {
        switch crowd {
        case "suspects": try await q.claimAgain(jobs, "IDLE", "7200000", "RETRYCOUNT", "2")
        case "gone":
            try await q.claimAgain(jobs, "IDLE", "7200000")
            var pipeline = RedisPipeline()
            pipeline.add(["XDEL", q.queue.keys.stream] + jobs.map(\.entryText))
            if let error = try await q.client.send(pipeline).firstError { throw error }
        default: break
        }
    }

    private func enqueue(_ count: Int, in q: TestQueue) async throws {
        let job = NewJob("t.x", queue: q.queue.name, args: [])
        for result in await q.queue.enqueue(contentsOf: Array(repeating: job, count: count)) { _ = try result.get() }
    }
}

extension TestQueue {
    /// Changes what the pending list says of jobs that ada, or another, holds.
    fileprivate func claimAgain(_ jobs: [ClaimedJob], for worker: WorkerID? = nil, _ options: String...) async throws {
        let holder = (worker ?? ada).description
        var pipeline = RedisPipeline()
        pipeline.add(
            ["XCLAIM", queue.keys.stream, "workers", holder, "0"] + jobs.map(\.entryText) + options + ["JUSTID"])
        if let error = try await client.send(pipeline).firstError { throw error }
    }
}
