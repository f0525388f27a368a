import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing

@Suite("Rates", .timeLimit(.minutes(1)))
struct RateTests {
    @Test func `a burst begins at once, and the others wait for their time`() async throws {
        try await withQueue { q in
            try await q.seed(5)
            let limit = Limit("r", rate: Rate(2, per: .seconds(3600), burst: 3))
            let jobs = try await q.claim(5, by: q.ada)
            let admissions = try await q.queue.enter(jobs.map { ($0, [limit]) }, by: q.ada)
            #expect(admissions.all == [.entered, .entered, .entered, .blocked, .blocked])
            let due = try #require(admissions.nextDue)
            #expect(due > .seconds(1790) && due <= .milliseconds(1_800_001))
            let promoted = try #require(try await q.queue.promote().nextDue)
            #expect(promoted > .seconds(1780) && promoted <= due)
            let status = try #require(try await q.limit("r"))
            #expect(status.waiting == 2 && status.next <= due && status.limit == limit)
            // Those that end give no token back.
            _ = try await q.queue.complete(Array(jobs[0..<3]), by: q.ada)
            #expect(try await q.counts("r") == [0, 2])
        }
    }

    @Test func `who comes does not pass those who wait`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let limit = Limit("r", rate: Rate(1, per: .seconds(3600)))
            #expect(try await q.enter(2, limit).ids == ["1-0"])
            // Its time comes, and nobody has promoted yet.
            _ = try await q.client.call("HSET", q.queue.keys.stream + ":limit:r", "tat", "0")
            _ = try await q.client.call("ZADD", q.queue.keys.stream + ":gates:due", "0", "r")
            try await q.add("3-0")
            #expect(try await q.enter(1, limit).isEmpty)
            _ = try await q.queue.promote()
            #expect(try await q.enter(2, limit).ids == ["2-0"])
        }
    }

    @Test func `a rate that rises does not keep the old one's waits`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            #expect(try await q.enter(3, Limit("r", rate: Rate(1, per: .seconds(86_400)))).count == 1)
            try await q.queue.redefine("r", as: Limit("r", rate: Rate(1, per: .seconds(9))))
            let due = try #require(try await q.queue.promote().nextDue)
            #expect(due <= .milliseconds(9001))
        }
    }

    @Test func `a rate and a number at once hold together`() async throws {
        try await withQueue { q in
            try await q.seed(4)
            let limit = Limit("b", concurrency: 1, rate: Rate(1, per: .seconds(3600), burst: 2))
            let first = try await q.enter(4, limit)
            #expect(first.ids == ["1-0"])
            #expect(try await q.counts("b") == [1, 3])
            // Nothing opens by itself while one runs.
            #expect(try await q.queue.promote().nextDue == nil)
            _ = try await q.queue.complete(first, by: q.ada)
            let second = try await q.enter(4, limit)
            #expect(second.ids == ["2-0"])
            _ = try await q.queue.complete(second, by: q.ada)
            #expect(try await q.counts("b") == [0, 2])
            #expect(try await q.queue.promote().nextDue != nil)
        }
    }

    /// By the clock of Redis, which is the one that counts.
    @Test(arguments: [1, 4]) func `no window sees more than the rate and the burst`(burst: Int) async throws {
        try await withQueue { q in
            try await q.seed(60)
            let interval = 8.0
            let limit = Limit("r", rate: Rate(125, per: .seconds(1), burst: burst))
            let begun = try await q.redisMicroseconds
            var times: [Int] = []
            while times.count < 60 {
                let jobs = try await q.enter(100, limit)
                // Between the token and this lies at least nothing.
                let now = try await q.redisMicroseconds
                times += jobs.map { _ in now }
                if !jobs.isEmpty { _ = try await q.queue.complete(jobs, by: q.ada) }
                _ = try await q.queue.promote()
            }
            // Each began no sooner than its place in the line allows.
            for (index, time) in times.enumerated() {
                let soonest = Double(index - burst + 1) * interval * 1000
                #expect(Double(time - begun) >= soonest, "job \(index) after \(time - begun) us")
            }
            #expect(try await q.queue.statistics().isIdle)
        }
    }
}

extension TestQueue {
    var redisMicroseconds: Int {
        get async throws {
            let parts = try await client.call("TIME").elements.compactMap(\.integer)
            return parts[0] * 1_000_000 + parts[1]
        }
    }

    /// Waits until the clock of Redis has gone on by more than a millisecond.
    func clockMovesOn() async throws {
        let later = try await redisMicroseconds + 2000
        try await eventually("the clock of Redis moves on") { try await redisMicroseconds > later }
    }
}
