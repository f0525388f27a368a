import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Release and renew", .timeLimit(.minutes(1)))
struct ReleaseTests {
    @Test func `a released job is handed on at once, before what waits, as if never claimed`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.release([job.entry], by: q.ada) == 1)
            let released = [
                ":handed_back ada 1", ":intact bob", ":setbacks 1-0 interruptions 1 losses 0", ":stats released=1",
                "entry 1-0 args={} type=t.x", "entry 2-0 args={} type=t.x", "held 1-0 released x0", "worker ada",
                "worker released",
            ]
            #expect(try await q.state == released)
            #expect(try await q.queue.release([job.entry], by: q.ada) == 0)
            #expect(try await q.state == released)

            let again = try await q.queue.rescue(for: q.bob, lease: .seconds(15), limit: 1).jobs
            #expect(again.map(\.entryText) == ["1-0"])
            #expect(again.first?.attempt == 1 && again.first?.wasRescued == false)
            #expect(try await q.state.contains("held 1-0 bob x1"))
        }
    }

    @Test func `a job handed back ninety-nine times is no crash, and parked the next time`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            var job = try #require(try await q.claim(by: q.ada).first)
            for _ in 0..<99 {
                try await q.queue.release([job.entry], by: q.ada)
                job = try #require(
                    try await q.queue.rescue(
                        for: q.ada, lease: .seconds(15), limit: 1, tolerance: Tolerance(crashes: 1)
                    )
                    .jobs.first)
            }
            #expect(try await q.state.contains("held 1-0 ada x1"))
            #expect(try await q.queue.release([job.entry], by: q.ada) == 1)
            let dead = try #require(try await q.state.first { $0.hasPrefix(":dead:jobs") })
            #expect(
                dead.contains("reason=interrupted") && dead.contains("interruptions=100") && !dead.contains("crashes"))
        }
    }

    @Test func `renewing starts the lease anew and counts no delivery`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            try await q.makeIdle("1-0", of: q.ada)
            let state = try await q.state
            #expect(try await q.queue.renew([job.entry], handings: 1, by: q.ada) == [])
            #expect(try await q.state == state)
            #expect(try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 1).jobs.isEmpty)
        }
    }

    @Test func `renewing nothing is fine`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let state = try await q.state
            #expect(try await q.queue.renew([], handings: 1, by: q.ada) == [])
            #expect(try await q.state == state)
        }
    }

    @Test func `whoever handed jobs back is taken at its word again when it has renewed all others`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let jobs = try await q.claim(2, by: q.ada)
            #expect(try await q.queue.release([jobs[0].entry], by: q.ada) == 1)
            #expect(try await !q.state.contains(":intact ada"))
            #expect(try await q.queue.renew([jobs[1].entry], by: q.ada) == [])
            #expect(try await q.queue.renew([jobs[1].entry], handings: 0, by: q.ada) == [], "sent before")
            #expect(try await !q.state.contains(":intact ada"))
            #expect(try await q.queue.renew([jobs[1].entry], handings: 1, by: q.ada) == [])
            #expect(try await q.state.contains(":intact ada"))
        }
    }

    @Test func `the lost are named, the held are renewed, and whoever lost one is never taken at its word again`()
        async throws
    {
        try await withQueue { q in
            try await q.seed(2)
            let jobs = try await q.claim(2, by: q.ada)
            try await q.makeIdle("1-0", of: q.ada)
            #expect(try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 1).jobs.map(\.entryText) == ["1-0"])
            try await q.makeIdle("2-0", of: q.ada)
            #expect(try await q.queue.renew(jobs.map(\.entry), handings: 1, by: q.ada) == ["1-0"])
            #expect(try await !q.state.contains(":intact ada"))
            #expect(try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 1).jobs.isEmpty)
            #expect(try await q.queue.renew([jobs[1].entry], handings: 1, by: q.ada) == [])
            #expect(try await !q.state.contains(":intact ada"))
        }
    }

    @Test func `a thousand leases are renewed in one call`() async throws {
        try await withQueue { q in
            try await q.join()
            _ = await q.queue.enqueue(
                contentsOf: Array(repeating: NewJob("t.x", queue: "q", args: []), count: 1000))
            let entries = try await q.claim(1000, by: q.ada).map(\.entry)
            #expect(try await q.queue.renew(entries, handings: 1, by: q.ada) == [])
            _ = try await q.client.call("SREM", q.queue.keys.stream + ":intact", q.ada.description)
            #expect(try await q.queue.renew(entries, handings: 1, by: q.ada) == [])
            #expect(try await q.queue.release(entries, by: q.ada) == 1000)
        }
    }
}

extension TestQueue {
    /// As if the worker had not renewed the job for nine seconds.
    func makeIdle(_ entry: String, of worker: WorkerID) async throws { try await makeIdle([entry], of: worker) }

    func makeIdle(_ entries: [String], of worker: WorkerID) async throws {
        var pipeline = RedisPipeline()
        pipeline.add(
            ["XCLAIM", queue.keys.stream, "workers", worker.description, "0"] + entries + ["IDLE", "9000", "JUSTID"])
        if let error = try await client.send(pipeline).firstError { throw error }
    }
}
