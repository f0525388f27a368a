import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Complete", .timeLimit(.minutes(1)))
struct CompleteTests {
    @Test func `completed jobs are gone and counted`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let jobs = try await q.claim(2, by: q.ada)
            #expect(try await q.queue.complete(jobs, by: q.ada) == [])
            #expect(
                try await q.state == [
                    ":intact ada", ":intact bob", ":stats done=2", "entry 3-0 args={} type=t.x", "worker ada",
                ])
        }
    }

    @Test func `a second time changes nothing`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let jobs = try await q.claim(by: q.ada)
            _ = try await q.queue.complete(jobs, by: q.ada)
            let state = try await q.state
            _ = try await q.queue.complete(jobs, by: q.ada)
            #expect(try await q.state == state)
        }
    }

    @Test func `discarded jobs count as such`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.queue.complete(try await q.claim(by: q.ada), as: .discarded, by: q.ada)
            #expect(try await q.queue.statistics().counters == ["discarded": 1])
        }
    }

    @Test func `after a loss it tells which were lost and completes the rest`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let jobs = try await q.claim(3, by: q.ada)
            // Bob takes the second one only: its lease alone ran out.
            try await q.makeIdle("2-0", of: q.ada)
            #expect(try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 9).jobs.map(\.entryText) == ["2-0"])
            #expect(try await q.queue.complete(jobs, by: q.ada) == ["2-0"])
            #expect(
                try await q.state == [
                    ":intact bob", ":setbacks 2-0 interruptions 0 losses 1", ":stats done=2 lost=1 rescued=1",
                    "entry 2-0 args={} type=t.x", "held 2-0 bob x1", "worker ada", "worker bob",
                ])
        }
    }

    @Test func `a worker that never joined completes only what it holds`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let adas = try await q.claim(1, by: q.ada)
            let stranger = WorkerID(host: "eve", process: 3)
            let own = try await q.claim(1, by: stranger)
            let lost = try await q.queue.complete(adas + own, by: stranger)
            #expect(lost == ["1-0"])
            #expect(try await q.queue.statistics().active == 1)
        }
    }

    @Test func `a full call of a thousand entries works on both paths`() async throws {
        try await withQueue { q in
            try await q.join()
            let plain = NewJob("t.x", queue: "q", args: [])
            _ = await q.queue.enqueue(contentsOf: Array(repeating: plain, count: 2000))
            let first = try await q.claim(1000, by: q.ada)
            #expect(try await q.queue.complete(first, by: q.ada) == [])
            let second = try await q.claim(1000, by: q.ada)
            _ = try await q.client.call("SREM", q.queue.keys.stream + ":intact", q.ada.description)
            #expect(try await q.queue.complete(second, by: q.ada) == [])
            #expect(try await q.queue.statistics().counters == ["done": 2000])
            #expect(try await q.client.call("XLEN", q.queue.keys.stream).integer == 0)
        }
    }

    @Test func `a tracked job keeps its progress, then its result, and wakes who waits`() async throws {
        try await withRedis { redis in
            let q = TestQueue(redis.client)
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: Array("{}".utf8))
            // Told in tens, so this one stays the same for nine seconds.
            new.trackFor = .seconds(104)
            let id = try await q.queue.enqueue(new)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.report(progress: 0.25, of: job, by: q.ada))
            let active = try await q.queue.status(of: id)
            #expect(active?.state == "active" && active?.progress == 0.25)

            let waiters = [redis.newClient(), redis.newClient()]
            defer { for waiter in waiters { waiter.close() } }
            async let first = q.queue.waitForEnd(of: id, for: .seconds(30), through: waiters[0])
            async let second = q.queue.waitForEnd(of: id, for: .seconds(30), through: waiters[1])
            #expect(try await q.queue.finish(job, as: .done, result: JobResult(json: Array("[7]".utf8)), by: q.ada))
            let statuses = try await [first, second]
            for status in statuses {
                #expect(status?.state == "done" && status?.result == "[7]" && status?.progress == 1)
            }
            let state = try await q.state
            #expect(try await !q.queue.finish(job, as: .done, result: .none, by: q.ada))
            #expect(try await !q.queue.report(progress: 0.5, of: job, by: q.ada))
            #expect(try await q.state == state)
        }
    }

    @Test func `waiting for the end of a job that does not end gives nothing`() async throws {
        try await withRedis { redis in
            let q = TestQueue(redis.client)
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: [])
            new.trackFor = .seconds(100)
            let id = try await q.queue.enqueue(new)
            #expect(try await q.queue.waitForEnd(of: id, for: .milliseconds(20), through: redis.client) == nil)
        }
    }
}
