import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("At the memory limit", .timeLimit(.minutes(1)))
struct FullMemoryTests {
    @Test func `nothing is enqueued, and every claimed job can still be brought to an end`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let q = TestQueue(client)
            try await q.seed(9)
            let jobs = try await q.claim(6, by: q.ada)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "1")

            var tracked = NewJob("t.x", queue: "q", args: [])
            for window in [nil, Optional(Duration.seconds(9))] {
                tracked.trackFor = window
                let new = tracked
                let error = await #expect(throws: RedisError.self) { try await q.queue.enqueue(new) }
                #expect(error?.code == .outOfMemory && error?.isTransient == true)
                #expect(error?.mayHaveExecuted == false)
            }
            let results = await q.queue.enqueue(contentsOf: [tracked, tracked])
            for result in results {
                #expect(throws: RedisError.self) { try result.get() }
            }

            #expect(try await q.queue.renew(jobs.map(\.entry), handings: 1, by: q.ada) == [])
            #expect(try await q.queue.complete([jobs[0]], by: q.ada) == [])
            #expect(try await q.queue.finish(jobs[1], as: .done, result: .none, by: q.ada))
            #expect(try await q.queue.retry(jobs[2], in: .zero, error: "e", by: q.ada))
            #expect(try await q.queue.bury(jobs[3], reason: .buried, error: "e", by: q.ada))
            #expect(try await q.queue.release([jobs[4].entry], by: q.ada) == 1)
            #expect(try await q.queue.promote().count == 1)
            #expect(try await q.takeAll(for: q.bob).count == 2)
            let statistics = try await q.queue.statistics()
            #expect(statistics.ready == 4 && statistics.active == 2 && statistics.dead == 1)
            // Claiming is XREADGROUP, which takes memory by Redis' own account and is refused by it.
            try await q.queue.join(WorkerID(host: "eve", process: 4))
            #expect(try await q.queue.leave(q.ada) == 0)
        }
    }

    @Test func `a batch takes no jobs, and what its members leave for other queues waits`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let q = TestQueue(client)
            try await q.join()
            let far = NewJob("t.far", queue: "other", args: Array("{}".utf8))
            var batch = JobBatch(queue: "q")
            batch.onComplete = far
            batch.jobs = [NewJob("t.x", queue: "q", args: Array("{}".utf8)).then(far)]
            try await q.queue.enqueue(batch)
            let member = try #require(try await q.claim(1, by: q.ada).first)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "1")

            let more = NewJob("t.x", queue: "q", args: Array("{}".utf8))
            let refused = await #expect(throws: RedisError.self) { try await q.queue.add([more], to: batch.id) }
            #expect(refused?.code == .outOfMemory)
            #expect(try await q.queue.finish(reporting: member, as: .done, by: q.ada) == .endedLeavingWork)
            #expect(try await q.queue.batch(batch.id)?.state == .ended)
            let waiting = await #expect(throws: RedisError.self) { try await q.queue.carryOver() }
            #expect(waiting?.code == .outOfMemory)
            #expect(try await q.queue.statistics().outgoing == 2)

            _ = try await client.call("CONFIG", "SET", "maxmemory", "0")
            try await q.queue.carryOver()
            #expect(try await q.queue.statistics().isIdle)
            #expect(try await JobQueue("other", client: client).statistics().ready == 2)
        }
    }
}
