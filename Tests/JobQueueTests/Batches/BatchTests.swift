import Jobs
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

@Suite("Batches", .timeLimit(.minutes(1)))
struct BatchTests {
    private func job(_ type: JobType = "t.x") -> NewJob { NewJob(type, queue: "q", args: Array("{}".utf8)) }

    private func batch(_ token: String = "b", members: Int = 0) throws -> JobBatch {
        var batch = JobBatch(try #require(BatchID(queue: "q", token: token)))
        batch.onComplete = job("t.complete")
        batch.onSuccess = job("t.success")
        batch.onDeath = job("t.death")
        batch.jobs = Array(repeating: job(), count: members)
        return batch
    }

    /// Claims what is ready of the type and ends it.
    private func end(_ type: String, _ count: Int, as end: JobQueue.End? = .done, in q: TestQueue) async throws {
        let jobs = try await q.claim(1000, by: q.ada)
        #expect(jobs.map { String(decoding: $0.type, as: UTF8.self) } == Array(repeating: type, count: count))
        for job in jobs {
            guard let end else {
                _ = try await q.queue.bury(job, reason: .buried, error: "no", by: q.ada)
                continue
            }
            #expect(try await q.queue.finish(job, as: end, result: JobResult(json: Array("12".utf8)), by: q.ada))
        }
    }

    private func ready(_ q: TestQueue) async throws -> [String] {
        try await q.client.call("XRANGE", q.queue.keys.stream, "-", "+").elements.compactMap { ClaimedJob($0) }
            .map { String(decoding: $0.type, as: UTF8.self) }
    }

    @Test func `succeed when all members are done, and tell their callbacks so`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 250))
            try await end("t.x", 250, in: q)
            let callbacks = try await q.claim(10, by: q.bob)
            let told = try callbacks.map { try BatchSummary(json: $0.callback ?? []) }
            #expect(callbacks.map { String(decoding: $0.type, as: UTF8.self) } == ["t.complete", "t.success"])
            #expect(told.map(\.event) == [.complete, .success])
            #expect(told.allSatisfy { $0.id == id && $0.total == 250 && $0.done == 250 && $0.pending == 0 })
            let found = try #require(try await q.queue.batch(id))
            #expect(found.state == .ended && found.done == 250 && found.total == 250)
        }
    }

    @Test func `tell of the first death, once, and do not succeed`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 3))
            try await end("t.x", 3, as: nil, in: q)
            #expect(try await ready(q) == ["t.death", "t.complete"])
            #expect(try await q.queue.batch(id)?.dead == 3)
        }
    }

    @Test(arguments: [JobQueue.End.discarded, .cancelled, .expired])
    func `complete with members that were not done, and do not succeed`(how: JobQueue.End) async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 2))
            try await end("t.x", 2, as: how, in: q)
            #expect(try await ready(q) == ["t.complete"])
            #expect(try await q.queue.batch(id)?.other == 2)
        }
    }

    @Test func `without members are over at once`() async throws {
        try await withQueue { q in
            let id = try await q.queue.enqueue(try batch())
            #expect(try await q.queue.batch(id)?.state == .ended)
            #expect(try await ready(q) == ["t.complete", "t.success"])
        }
    }

    @Test func `are what they are when they are enqueued again`() async throws {
        try await withQueue { q in
            try await q.join()
            let batch = try batch(members: 150)
            try await q.queue.enqueue(batch)
            let state = try await q.state
            try await q.queue.enqueue(batch)
            #expect(try await q.state == state)
            try await end("t.x", 150, in: q)
            let ended = try #require(try await q.queue.batch(batch.id)?.endedMilliseconds)
            try await eventually("a millisecond has passed") {
                let time = try await q.client.call("TIME").elements.compactMap(\.integer)
                return time[0] * 1000 + time[1] / 1000 > ended
            }
            try await q.queue.enqueue(batch)
            #expect(try await q.queue.batch(batch.id)?.endedMilliseconds == ended)
            #expect(try await ready(q) == ["t.complete", "t.success"])
        }
    }

    @Test func `wait, open, for a producer that died, and can be closed by anybody`() async throws {
        try await withQueue { q in
            try await q.join()
            let batch = try batch()
            try await q.queue.open(batch)
            try await q.queue.add([job(), job()], to: batch.id)
            try await end("t.x", 2, in: q)
            #expect(try await ready(q) == [])
            #expect(try await q.queue.batches().map(\.state) == [.open])
            #expect(try await q.queue.close(batch.id) == .ended)
            #expect(try await ready(q) == ["t.complete", "t.success"])
        }
    }

    @Test func `take members while one runs, and none after their end`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 1))
            try await q.queue.add([job()], to: id)
            try await end("t.x", 2, in: q)
            let error = await #expect(throws: RedisError.self) { try await q.queue.add([job()], to: id) }
            #expect(error?.message == "The batch has ended and takes no jobs any more: open another.")
            var single = job()
            single.batch = id
            await #expect(throws: RedisError.self) { try await q.queue.enqueue(single) }
            #expect(try await ready(q) == ["t.complete", "t.success"])
        }
    }

    @Test func `count a job that was not enqueued because of its unique key as none`() async throws {
        try await withQueue { q in
            try await q.join()
            var unique = job()
            unique.uniqueKey = UniqueKey("u")
            let first = try batch("first")
            let second = try batch("second")
            for batch in [first, second] {
                try await q.queue.open(batch)
                let answers = try await q.queue.add([unique, unique], to: batch.id)
                let id = try #require(answers.first?.id)
                #expect(answers == [batch.id == first.id ? .enqueued(id) : .duplicate(id), .duplicate(id)])
                try await q.queue.close(batch.id)
            }
            #expect(try await q.queue.batch(first.id)?.total == 1)
            #expect(try await q.queue.batch(second.id)?.state == .ended)
        }
    }

    @Test func `tell of each job whether another stands for it, also when they are enqueued again`() async throws {
        try await withQueue { q in
            try await q.join()
            var known = job("t.known")
            known.idempotencyKey = IdempotencyKey("k")
            let first = try await q.queue.enqueue(known)
            var batch = try batch()
            batch.jobs = [job(), known, job()]
            for _ in 0..<2 {
                let answers = try await q.queue.enqueue(reporting: batch)
                #expect(answers.map(\.id.token) == ["b-0", first.token, "b-2"])
                #expect(answers == [.enqueued(answers[0].id), .duplicate(first), .enqueued(answers[2].id)])
            }
            #expect(try await q.queue.batch(batch.id)?.total == 2)
        }
    }

    @Test func `refuse a job of another queue before anything is done`() async throws {
        try await withQueue { q in
            var batch = try batch()
            batch.jobs = [job(), NewJob("t.far", queue: "other", args: Array("{}".utf8))]
            let jobs = batch.jobs
            let refused = await #expect(throws: RedisError.self) { try await q.queue.enqueue(batch) }
            #expect(refused?.code == .refused)
            #expect(
                refused?.message == """
                    A job 't.far' for the queue 'other' cannot be a member of the batch q:b: make it with the queue 'q', or \
                    open the batch in 'other'.
                    """)
            #expect(try await q.client.call("DBSIZE").integer == 0)
            try await q.queue.open(batch)
            await #expect(throws: RedisError.self) { try await q.queue.add(jobs, to: batch.id) }
            #expect(try await q.queue.batch(batch.id)?.total == 0)
        }
    }

    @Test func `lose a member to the job that replaces it`() async throws {
        try await withQueue { q in
            try await q.join()
            var unique = job()
            unique.uniqueKey = UniqueKey("u", mode: .replace)
            var first = try batch("first")
            first.jobs = [unique.then(job())]
            try await q.queue.enqueue(first)
            _ = try await q.queue.enqueue(unique)
            let found = try #require(try await q.queue.batch(first.id))
            #expect(found.state == .ended && found.other == 1)
            #expect(try await q.queue.statistics().counters["skipped"] == 1)
        }
    }

    @Test func `are cancelled with all members, running ones too`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 300))
            let running = try await q.claim(10, by: q.ada)
            let told = try await q.queue.cancel(id)
            #expect(told.cancelled == 290 && told.cancelling == 10)
            #expect(try await q.queue.batch(id)?.state == .cancelling)
            #expect(try await q.queue.cancel(id).cancelled == 0)
            for job in running { #expect(try await q.queue.finish(job, as: .done, by: q.ada)) }
            let found = try #require(try await q.queue.batch(id))
            #expect(found.state == .ended && found.done == 10 && found.other == 290)
            #expect(try await ready(q) == ["t.complete"])
            let callback = try #require(try await q.claim(1, by: q.bob).first?.callback)
            #expect(try BatchSummary(json: callback).isCancelled)
        }
    }

    @Test func `do not wait for a member that somebody deleted, once they are cancelled`() async throws {
        try await withQueue { q in
            let id = try await q.queue.enqueue(try batch(members: 2))
            _ = try await q.client.call("DEL", q.queue.keys.stream)
            try await q.queue.cancel(id)
            #expect(try await q.queue.batch(id)?.other == 2)
        }
    }

    @Test func `keep as many results as they were told to`() async throws {
        try await withQueue { q in
            try await q.join()
            var batch = try batch(members: 5)
            batch.keepResults = 7
            let id = try await q.queue.enqueue(batch)
            try await end("t.x", 5, in: q)
            let results = try await q.queue.results(of: id)
            #expect(results.count == 3 && results.values.allSatisfy { $0.json == Array("12".utf8) })
            #expect(try await q.queue.batch(id)?.omittedResults == 2)
        }
    }

    @Test func `are forgotten when their time is over, and open ones never`() async throws {
        try await withQueue { q in
            var (ended, open) = (try batch("ended"), try batch("open"))
            ended.keepFor = .milliseconds(1)
            open.keepFor = .milliseconds(1)
            (ended.onComplete, ended.onSuccess) = (nil, nil)
            try await q.queue.enqueue(ended)
            try await q.queue.open(open)
            try await eventually("the batch is forgotten") {
                try await q.queue.forgetBatches()
                return try await q.queue.batch(ended.id) == nil
            }
            #expect(try await q.queue.batches().map(\.id) == [open.id])
        }
    }

    @Test func `are not joined by a job that only says so`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(try batch(members: 1))
            try await q.add("*", "type", "t.x", "args", "{}", "batch", "b")
            try await q.add("*", "type", "t.x", "args", "{}", "batch", "no such batch")
            try await end("t.x", 3, in: q)
            #expect(try await q.queue.batch(id)?.total == 1)
            #expect(try await q.queue.statistics().counters["done"] == 3)
        }
    }

    @Test(arguments: [
        ":outgoing", ":batch:b", ":batch:b:pending", ":batch:b:done", ":batch:b:results", ":batches:ended",
    ])
    func `keep no job from ending when somebody spoiled a key`(ending: String) async throws {
        try await withQueue { q in
            try await q.join()
            var batch = try batch()
            batch.keepResults = 100
            batch.jobs = [job().then(NewJob("t.far", queue: "other", args: []))]
            try await q.queue.enqueue(batch)
            _ = try await q.client.call("DEL", q.queue.keys.stream + ending)
            _ = try await q.client.call("SET", q.queue.keys.stream + ending, "something else")
            try await end("t.x", 1, in: q)
            _ = try await q.queue.promote()
            #expect(try await q.queue.statistics().counters["done"] == 1)
            #expect(try await q.queue.statistics().active == 0)
        }
    }

    @Test(arguments: [
        (["no id!"], "The id must be"), (["b", "keep"], "The last option has no value"),
        (["b", "keep", "0"], "The option keep must be"), (["b", "complete", "{"], "The option complete must be JSON"),
        (["b", "complete", "[]"], "The option complete has a link without a type"),
        (["b", "death", #"{"type":"t.x","args":{}}"#], "The option death has a link whose args are no JSON text"),
        (["b", "results", "999999999999"], "The option results must be"), (["b", "nme", "x"], "There is no option"),
    ])
    func `are refused when they are opened wrongly, and leave nothing`(words: [String], message: String) async throws {
        try await withQueue { q in
            var pipeline = RedisPipeline()
            pipeline.add(["FCALL", "cw_batch_open", "1", q.queue.keys.stream] + words)
            let error = try await q.client.send(pipeline).firstError
            #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
            #expect(try await q.client.call("DBSIZE").integer == 0)
        }
    }

    @Test(arguments: [
        ["b", "2", "t.x"], ["b", "x", "t.x", "{}"], ["b", "2", "t.x", "{}", "2", "bad", "{}"],
        ["b", "4", "t.x", "{}", "id", "no token"], ["no id!"], ["b", "4", "t.x", "{}", "then", "{}x"],
    ])
    func `take all jobs of a call or none`(words: [String]) async throws {
        try await withQueue { q in
            try await q.queue.open(try batch())
            var pipeline = RedisPipeline()
            pipeline.add(["FCALL", "cw_batch_add", "1", q.queue.keys.stream] + words)
            #expect(try await q.client.send(pipeline).firstError != nil)
            #expect(try await ready(q) == [])
            #expect(try await q.queue.batches().map(\.total) == [0])
        }
    }
}
