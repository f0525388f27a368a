import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Promote", .timeLimit(.minutes(1)))
struct PromoteTests {
    /// Puts jobs off that are due now, in the order named, and one that is due in a minute.
    private func seed(_ q: TestQueue, due count: Int) async throws {
        try await q.seed(count)
        let jobs = try await q.claim(count, by: q.ada)
        for (index, job) in jobs.enumerated() {
            #expect(try await q.queue.retry(job, in: .zero, error: "e", by: q.ada))
            _ = try await q.client.call(
                "ZADD", q.queue.keys.later, String(1000 * (count - index)), job.entryText)
        }
        var later = NewJob("t.later", queue: "q", args: [])
        later.delay = .seconds(60)
        _ = try await q.queue.enqueue(later)
    }

    @Test func `jobs that are due become ready, the earliest first, and the next one's wait is told`() async throws {
        try await withQueue { q in
            try await seed(q, due: 3)
            let promotion = try await q.queue.promote()
            #expect(promotion.count == 3)
            let next = try #require(promotion.nextDue)
            #expect(next > .seconds(30) && next <= .seconds(60))
            let entries = try await q.state.filter { $0.hasPrefix("entry") }
            #expect(
                entries
                    == (1...3).map {
                        "entry *\($0) args={} attempt=2 enqueued=\(4 - $0) error=e history=1x id=\(4 - $0)-0 type=t.x"
                    })
            let again = try await q.queue.promote()
            #expect(again.count == 0)
            #expect(try await q.state.filter { $0.hasPrefix("entry") } == entries)
        }
    }

    @Test func `no more than the limit, and the next is due at once`() async throws {
        try await withQueue { q in
            try await seed(q, due: 3)
            let promotion = try await q.queue.promote(limit: 2)
            #expect(promotion.count == 2 && promotion.nextDue == .zero)
            #expect(try await q.queue.promote(limit: 2).count == 1)
        }
    }

    @Test func `with nothing that waits there is no next`() async throws {
        try await withQueue { q in
            try await q.join()
            let promotion = try await q.queue.promote()
            #expect(promotion.count == 0 && promotion.nextDue == nil)
        }
    }

    @Test func `a promoted job keeps its id, its age and its first enqueueing through many rounds`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("1700000000000-5")
            for round in 1...5 {
                let job = try #require(try await q.claim(by: q.ada).first)
                #expect(job.attempt == round && job.token == "1700000000000-5")
                #expect(job.enqueuedMilliseconds == 1_700_000_000_000)
                #expect(try await q.queue.retry(job, in: .zero, error: "e", by: q.ada))
                #expect(try await q.queue.promote().count == 1)
            }
        }
    }

    @Test func `a scheduled job that somebody tracks becomes ready once`() async throws {
        try await withQueue { q in
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: [])
            new.delay = .milliseconds(1)
            new.trackFor = .seconds(100)
            let id = try await q.queue.enqueue(new)
            try await eventually("it is due") { try await q.queue.promote().count == 1 }
            #expect(try await q.queue.promote().count == 0)
            #expect(try await q.queue.statistics().ready == 1)
            let status = try #require(try await q.queue.status(of: id))
            #expect(status.state == "ready" && status.attempt == 1)
        }
    }

    @Test func `a full thousand is promoted in one call`() async throws {
        try await withQueue { q in
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: [])
            new.delay = .milliseconds(1)
            let results = await q.queue.enqueue(contentsOf: Array(repeating: new, count: 1000))
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            var promoted = 0
            try await eventually("all are due") {
                promoted += try await q.queue.promote().count
                return promoted == 1000
            }
            #expect(try await q.queue.statistics().ready == 1000)
        }
    }

    @Test func `two promoters share the jobs`() async throws {
        try await withQueue { q in
            try await seed(q, due: 100)
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 { group.addTask { try await q.queue.promote(limit: 30).count } }
                return try await group.reduce(0, +)
            }
            #expect(counts == 100)
            #expect(try await q.queue.statistics().ready == 100)
        }
    }
}
