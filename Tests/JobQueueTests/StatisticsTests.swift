import Jobs
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

@Suite("Statistics", .timeLimit(.minutes(1)))
struct StatisticsTests {
    @Test func `a queue that was never used is all zeros`() async throws {
        try await withQueue { q in
            let statistics = try await q.queue.statistics()
            #expect(statistics == QueueStatistics() && statistics.isIdle)
            #expect(try await q.state == [])
        }
    }

    @Test func `jobs count as ready before any worker came`() async throws {
        try await withQueue { q in
            for entry in 1...3 { try await q.add("\(entry)-0") }
            let statistics = try await q.queue.statistics()
            #expect(statistics.ready == 3 && statistics.active == 0)
            #expect(statistics.oldestReadyMilliseconds > 1_600_000_000_000)
        }
    }

    @Test func `every state is counted once`() async throws {
        try await withQueue { q in
            try await q.seed(10)
            let jobs = try await q.claim(7, by: q.ada)
            _ = try await q.queue.complete([jobs[0]], by: q.ada)
            _ = try await q.queue.complete([jobs[1]], as: .discarded, by: q.ada)
            _ = try await q.queue.retry(jobs[2], in: .seconds(60), error: "e", by: q.ada)
            _ = try await q.queue.snooze(jobs[3], for: .seconds(60), by: q.ada)
            _ = try await q.queue.bury(jobs[4], reason: .buried, error: "e", by: q.ada)
            try await q.queue.release([jobs[5].entry], by: q.ada)
            var later = NewJob("t.x", queue: "q", args: [])
            later.delay = .seconds(60)
            _ = try await q.queue.enqueue(later)
            var statistics = try await q.queue.statistics()
            #expect(statistics.oldestReadyMilliseconds > 0)
            statistics.oldestReadyMilliseconds = 0
            var expected = QueueStatistics()
            expected.ready = 4
            expected.active = 1
            expected.scheduled = 1
            expected.retrying = 2
            expected.dead = 1
            expected.counters = ["done": 1, "discarded": 1, "retried": 1, "snoozed": 1, "dead": 1, "released": 1]
            #expect(statistics == expected)
        }
    }

    @Test func `the oldest ready job is the released one, then the first unclaimed`() async throws {
        try await withQueue { q in
            try await q.join()
            let now = try await q.client.call("TIME").elements.first { _ in true }?.integer ?? 0
            try await q.add("\(now - 300)000-0")
            try await q.add("\(now - 200)000-0")
            let job = try #require(try await q.claim(by: q.ada).first)
            let waiting = try await q.queue.statistics().oldestReadyMilliseconds
            #expect((199_000...260_000).contains(waiting))
            try await q.queue.release([job.entry], by: q.ada)
            let released = try await q.queue.statistics().oldestReadyMilliseconds
            #expect((299_000...360_000).contains(released))
        }
    }
}
