import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Limits", .timeLimit(.minutes(1)))
struct LimitTests {
    private let two = Limit("k", concurrency: 2)

    @Test func `no more run at once than allowed, and those who wait go on in the order they came`() async throws {
        try await withQueue { q in
            try await q.seed(13)
            let running = try await q.enter(100, two)
            #expect(running.ids == ["1-0", "2-0"])
            #expect(try await q.counts() == [2, 11])
            #expect(try await q.queue.statistics().blocked == 11)

            // The next one has its pass already when it is claimed.
            #expect(try await q.queue.complete(running, by: q.ada) == [])
            var order: [String] = []
            for _ in 3...13 {
                #expect(try await q.counts()[0] <= 2)
                let next = try await q.enter(1, two, by: q.bob)
                order += next.ids
                _ = try await q.queue.complete(next, by: q.bob)
            }
            #expect(order == (3...13).map { "\($0)-0" })
            let statistics = try await q.queue.statistics()
            // Each was refused once.
            #expect(statistics.counters["limited"] == 11 && statistics.isIdle)
            #expect(try await q.state.filter { $0.hasPrefix(":passes") || $0.contains("holders") } == [])
        }
    }

    @Test func `a job that goes on comes before all that waits, whoever takes it`() async throws {
        try await withQueue { q in
            try await q.seed(500)
            let one = Limit("k", concurrency: 1)
            let running = try await q.enter(3, one)
            _ = try await q.queue.complete(running, by: q.ada)
            #expect(try await q.queue.statistics().ready == 498)
            let next = try #require(try await q.claim(1, by: q.bob).first)
            #expect(next.token == "2-0" && next.lane == .admitted)
            #expect(try await q.enter([next], [one], by: q.bob).ids == ["2-0"])

            // Its worker dies, another hands it back, and it still comes first.
            try await q.queue.handOver(from: q.bob)
            let rescued = try await q.queue.rescue(for: q.ada, lease: .seconds(60), limit: 1).jobs
            #expect(rescued.map(\.entryText) == [next.entryText])
            #expect(try await q.queue.renew(rescued.map(\.entry), by: q.ada) == [])
            #expect(try await q.queue.renew([next.entry], by: q.bob) == [next.entryText])
            try await q.queue.leave(q.ada)
            let again = try await q.queue.rescue(for: q.bob, lease: .seconds(60), limit: 1).jobs
            #expect(try await q.queue.complete(again + q.claim(10, by: q.bob), by: q.bob) == [])
            #expect(try await q.queue.statistics().counters["done"] == 12)
            #expect(try await q.claim(1, by: q.bob).first?.token == "3-0")
        }
    }

    @Test func `a waiting worker is woken by a job that goes on`() async throws {
        try await withRedis { redis in
            let q = TestQueue(redis.client)
            try await q.seed(2)
            let running = try await q.enter(2, Limit("k", concurrency: 1))
            let waiting = redis.newClient()
            defer { waiting.close() }
            let claimer = JobClaimer(queues: ["q"], worker: q.bob, client: waiting)
            async let claims = claimer.waitForJobs(in: [0], count: 5, for: .seconds(30))
            _ = try await q.queue.complete(running, by: q.ada)
            #expect(try await claims.map(\.job.token) == ["2-0"])
        }
    }

    @Test func `a job that waits has lost nothing`() async throws {
        try await withQueue { q in
            try await q.join()
            var job = NewJob("t.x", queue: "q", args: Array(#"{"a":1}"#.utf8))
            (job.traceparent, job.trackFor, job.expiresAfter) = ("t", .seconds(60), .seconds(60))
            try await q.add()
            let id = try await q.queue.enqueue(job)
            #expect(try await q.enter(1, Limit("k", concurrency: 1)).count == 1)
            let before = try #require(try await q.queue.describe(id)?.fields)
            #expect(try await q.enter(1, Limit("k", concurrency: 1)).count == 0)

            let blocked = try #require(try await q.queue.describe(id))
            #expect(blocked.state == .blocked && blocked.fields["gate"] == "limit:k")
            #expect(blocked.fields["limits"] == #"["k"]"#)
            let kept = blocked.fields.filter { !["gate", "limits", "id"].contains($0.key) }
            #expect(kept == before.filter { $0.key != "id" } && blocked.fields["id"] == id.token)
            #expect(try await q.queue.status(of: id)?.state == "blocked")
        }
    }

    @Test func `who asks again takes nothing again, and who lost the job gets nothing`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let jobs = try await q.claim(3, by: q.ada)
            #expect(try await q.enter(jobs, [two], by: q.ada).count == 2)
            let again = try await q.queue.enter(jobs.map { ($0, [two]) }, by: q.ada)
            #expect(again.all == [.entered, .entered, .lost])
            let other = try await q.queue.enter(jobs.map { ($0, [two]) }, by: q.bob)
            #expect(other.all == [.lost, .lost, .lost])
            #expect(try await q.counts() == [2, 1])
        }
    }

    @Test func `a job takes all its passes or none, and waits for the first limit that refuses`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let (a, b) = (Limit("a", concurrency: 1), Limit("b", concurrency: 1))
            let first = try await q.enter(1, a)
            let second = try await q.enter(1, b)
            #expect(try await q.enter(1, a, b).isEmpty)
            try await q.expect(a: [1, 1], b: [1, 0])

            // The one it waited for is free, and then it waits for the other.
            _ = try await q.queue.complete(first, by: q.ada)
            try await q.expect(a: [0, 0], b: [1, 1])
            #expect(try await q.queue.statistics().ready == 0)
            _ = try await q.queue.complete(second, by: q.ada)
            try await q.expect(a: [1, 0], b: [1, 0])
            #expect(try await q.enter(1, a, b).ids == ["3-0"])
        }
    }

    enum End: CaseIterable {
        case done, finished, retried, snoozed, buried, blocked, tooOftenInterrupted, crashed
    }

    @Test(arguments: End.allCases)
    func `however a job goes, its pass goes to the next`(end: End) async throws {
        try await withQueue { q in
            try await q.seed(2)
            let job = try await q.enter(2, Limit("k", concurrency: 1))[0]
            switch end {
            case .done: #expect(try await q.queue.complete([job], by: q.ada) == [])
            case .finished: #expect(try await q.queue.finish(job, as: .cancelled, by: q.ada))
            case .retried: #expect(try await q.queue.retry(job, in: .seconds(9), error: "e", by: q.ada))
            case .snoozed: #expect(try await q.queue.snooze(job, for: .seconds(9), by: q.ada))
            case .buried: #expect(try await q.queue.bury(job, reason: .buried, error: "e", by: q.ada))
            case .blocked:
                try await q.queue.pause(.type("t.x"))
                #expect(try await q.queue.block(job, by: q.ada) == .blocked)
            case .tooOftenInterrupted:
                try await q.queue.release([job.entry], by: q.ada, tolerance: Tolerance(interruptions: 1))
            case .crashed:
                try await q.queue.handOver(from: q.ada)
                _ = try await q.takeAll(for: q.bob, tolerance: Tolerance(crashes: 1))
            }
            #expect(try await q.counts() == [1, 0])
            #expect(try await q.enter(2, Limit("k", concurrency: 1), by: q.bob).ids == ["2-0"])
        }
    }

    @Test func `a job that is handed back or loses its worker keeps its pass`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let job = try await q.enter(2, Limit("k", concurrency: 1))[0]
            try await q.queue.release([job.entry], by: q.ada)
            #expect(try await q.counts() == [1, 1])
            let rescued = try await q.takeAll(for: q.bob)
            #expect(try await q.enter(rescued, [Limit("k", concurrency: 1)], by: q.bob).ids == ["1-0"])
            try await q.queue.leave(q.bob)
            #expect(try await q.counts() == [1, 1])
            #expect(try await q.queue.statistics().counters["limited"] == 1)
            let again = try await q.takeAll(for: q.ada)
            _ = try await q.queue.complete(again, by: q.ada)
            #expect(try await q.counts() == [1, 0])
        }
    }

    @Test func `a job that waits can be cancelled, and so can one that goes on`() async throws {
        try await withQueue { q in
            try await q.join()
            let one = Limit("k", concurrency: 1)
            try await q.add()
            let running = try await q.enter(1, one)
            var ids: [JobID] = []
            for _ in 1...3 { ids.append(try await q.queue.enqueue(NewJob("t.x", queue: "q", args: []))) }
            #expect(try await q.enter(3, one).isEmpty)

            #expect(try await q.queue.cancel(ids[0]) == .cancelled)
            #expect(try await q.counts() == [1, 2])
            _ = try await q.queue.complete(running, by: q.ada)
            #expect(try await q.queue.cancel(ids[1]) == .cancelled)
            #expect(try await q.counts() == [1, 0])
            #expect(try await q.enter(3, one).ids == [ids[2].token])
        }
    }

    @Test func `a job that is cancelled while its worker asks does not wait`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            let jobs = try await q.claim(2, by: q.ada)
            #expect(try await q.queue.cancel(try #require(JobID(queue: "q", token: "2-0"))) == .cancelling)
            #expect(try await q.enter(jobs, [Limit("k", concurrency: 1)], by: q.ada).ids == ["1-0"])
            #expect(try await q.queue.statistics().counters["cancelled"] == 1)
            #expect(try await q.counts() == [1, 0])
        }
    }

    @Test func `a job that expires while it waits takes no pass`() async throws {
        try await withQueue { q in
            try await q.join()
            let one = Limit("k", concurrency: 1)
            try await q.add()
            let running = try await q.enter(1, one)
            var brief = NewJob("t.x", queue: "q", args: [])
            (brief.expiresAfter, brief.trackFor) = (.milliseconds(1), .seconds(60))
            let id = try await q.queue.enqueue(brief)
            try await q.add()
            #expect(try await q.enter(2, one).isEmpty)
            try await q.clockMovesOn()
            _ = try await q.queue.complete(running, by: q.ada)
            #expect(try await q.queue.status(of: id)?.state == "expired")
            #expect(try await q.counts() == [1, 0])
            #expect(try await q.queue.statistics().counters["expired"] == 1)
        }
    }

    @Test func `a job that waits can be replaced`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let one = Limit("k", concurrency: 1)
            let running = try await q.enter(1, one)
            var job = NewJob("t.x", queue: "q", args: Array("1".utf8))
            job.uniqueKey = UniqueKey("u", mode: .replace)
            let first = try await q.queue.enqueue(job)
            #expect(try await q.enter(1, one).isEmpty)
            job.args = Array("2".utf8)
            #expect(try await q.queue.enqueue(reporting: job) == .replaced(first))
            #expect(try await q.counts() == [1, 0])
            #expect(try await q.enter(1, one).isEmpty)
            _ = try await q.queue.complete(running, by: q.ada)
            let next = try await q.enter(1, one)
            #expect(next.ids == [first.token] && next[0].args.elementsEqual("2".utf8))
        }
    }

    @Test func `a type that is paused holds no passes, and asks for them again`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let one = Limit("k", concurrency: 1)
            let running = try await q.enter(3, one)
            try await q.queue.pause(.type("t.x"))
            _ = try await q.queue.complete(running, by: q.ada)
            // What is claimed now is set aside, and the next is let go on.
            for _ in 1...2 {
                for job in try await q.claim(3, by: q.ada) {
                    #expect(try await q.queue.block(job, by: q.ada) == .blocked)
                }
            }
            #expect(try await q.counts() == [0, 0])
            #expect(try await q.queue.statistics().blocked == 2)
            try await q.queue.resume(.type("t.x"))
            #expect(try await q.enter(3, one).ids == ["2-0"])
            #expect(try await q.counts() == [1, 1])
        }
    }

    @Test func `a stream that was trimmed takes no pass along`() async throws {
        try await withQueue { q in
            try await q.seed(4)
            let one = Limit("k", concurrency: 1)
            let running = try await q.enter(4, one)
            _ = try await q.queue.complete(running, by: q.ada)
            // The one that was let go on is ready.
            _ = try await q.client.call("XTRIM", q.queue.keys.admitted, "MAXLEN", "0")
            #expect(try await q.counts() == [1, 2])
            try await q.queue.sweepLimits()
            #expect(try await q.counts() == [1, 1])
            let next = try await q.enter(4, one)
            #expect(next.ids == ["3-0"])
            // A worker runs this one, whatever became of its entry.
            _ = try await q.client.call("XTRIM", q.queue.keys.admitted, "MAXLEN", "0")
            try await q.queue.sweepLimits()
            #expect(try await q.counts() == [1, 1])
            _ = try await q.queue.complete(next, by: q.ada)
            #expect(try await q.enter(4, one).ids == ["4-0"])
        }
    }

    @Test func `a limit that changes holds for those who wait, too`() async throws {
        try await withQueue { q in
            try await q.seed(300)
            for _ in 1...3 { try await q.enter(100, two) }
            #expect(try await q.counts() == [2, 298])
            try await q.queue.redefine("k", as: Limit("k", concurrency: 5))
            #expect(try await q.counts() == [5, 295])
            #expect(try await q.queue.statistics().ready == 3)
            try await q.queue.redefine("k", as: Limit("k", concurrency: 1))
            #expect(try await q.counts() == [5, 295])
            // A question says it, too.
            _ = try await q.enter(3, Limit("k", concurrency: 7))
            #expect(try await q.counts() == [7, 293])
            // Without a limit all go on, some in each step.
            try await q.queue.redefine("k", as: nil)
            while let due = try await q.queue.promote().nextDue { #expect(due == .zero) }
            // They ask anew.
            #expect(try await q.counts() == [7, 0])
            #expect(try await q.queue.statistics().ready == 295)
        }
    }

    @Test func `limits that nobody asks for are forgotten`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            let kept = try await q.enter(1, Limit("kept", concurrency: 1))
            _ = try await q.queue.complete(try await q.enter(1, Limit("idle", concurrency: 1)), by: q.ada)
            _ = try await q.enter(1, Limit("kept", concurrency: 1))
            try await q.queue.sweepLimits()
            #expect(try await q.queue.limits().map(\.key) == ["idle", "kept"])
            for key in ["idle", "kept"] {
                _ = try await q.client.call("ZADD", q.queue.keys.stream + ":limits", "1", key)
            }
            try await q.queue.sweepLimits()
            #expect(try await q.queue.limits().map(\.key) == ["kept"])
            #expect(try await q.client.call("EXISTS", q.queue.keys.stream + ":limit:idle").integer == 0)
            _ = try await q.queue.complete(kept, by: q.ada)
            #expect(try await q.counts("kept") == [1, 0])
        }
    }

    @Test(arguments: [
        "", " ", "a:holders", "holders:a", "{x}", "\n\0", "ä \"quoted\" \\", String(repeating: "x", count: 256),
    ])
    func `a key may be anything`(key: String) async throws {
        try await withQueue { q in
            try await q.seed(3)
            let limits = [Limit(key, concurrency: 1), Limit("a", concurrency: 2)]
            let running = try await q.enter(try await q.claim(3, by: q.ada), limits, by: q.ada)
            #expect(running.ids == ["1-0"])
            #expect(try await q.counts(key) == [1, 2])
            #expect(try await q.counts("a") == [1, 0])
            _ = try await q.queue.complete(running, by: q.ada)
            #expect(try await q.counts(key) == [1, 1])
        }
    }

    @Test func `jobs without limits leave nothing behind`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            _ = try await q.queue.complete(q.claim(3, by: q.ada), by: q.ada)
            _ = try await q.queue.promote()
            try await q.queue.sweepLimits()
            let keys = try await q.client.call("KEYS", "*").elements.compactMap(\.string)
            #expect(!keys.contains { $0.contains("limit") || $0.contains("pass") || $0.contains("gate") })
        }
    }
}

extension TestQueue {
    fileprivate func expect(a: [Int], b: [Int], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = [try await counts("a"), try await counts("b")]
        #expect(found == [a, b], sourceLocation: sourceLocation)
    }
}
