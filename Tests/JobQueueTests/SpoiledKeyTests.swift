import Jobs
import TestSupport
import Testing

@testable import JobQueue

@Suite("Keys that hold what they should not", .timeLimit(.minutes(1)))
struct SpoiledKeyTests {
    @Test(arguments: ["", ":later", ":batches", ":schedules", ":paused", ":stats"])
    func `are found`(end: String) async throws {
        try await withQueue { q in
            let key = q.queue.keys.stream + end
            // A string is none of them.
            _ = try await q.client.call("SET", key, "text")
            #expect(try await q.queue.spoiledKeys() == [key])
        }
    }

    @Test func `are none where a queue has all that it may have`() async throws {
        try await withQueue { q in
            try await q.seed(4)
            let job = NewJob("t.x", queue: "q", args: Array("{}".utf8))
            var later = job
            later.delay = .seconds(60)
            _ = try await q.queue.enqueue(later)
            var batch = JobBatch(queue: "q")
            batch.jobs = [job.then(NewJob("t.far", queue: "other", args: Array("{}".utf8)))]
            try await q.queue.enqueue(batch)
            try await q.queue.pause(.type("t.x"))
            try await q.queue.pause(schedule: "nightly")
            let jobs = try await q.claim(5, by: q.ada)
            #expect(try await q.queue.bury(jobs[0], reason: .buried, error: "no", by: q.ada))
            #expect(try await q.queue.retry(jobs[1], in: .seconds(1), error: "no", by: q.ada))
            _ = try await q.queue.block(jobs[2], by: q.ada)
            #expect(try await q.queue.cancel(try #require(JobID(queue: "q", token: jobs[3].token))) == .cancelling)
            #expect(try await q.queue.finish(jobs[4], as: .done, by: q.ada))
            _ = try await q.queue.enter([(job: jobs[3], limits: [Limit("k", concurrency: 1)])], by: q.ada)
            let known = JobQueue.kindsOfKeys.map { q.queue.keys.stream + $0.key }
            var present = 0
            for key in known { present += try await q.client.call("EXISTS", key).integer ?? 0 }
            #expect(present > 18)
            #expect(try await q.queue.spoiledKeys() == [])
            try await q.queue.carryOver()
            #expect(try await JobQueue("other", client: q.client).spoiledKeys() == [])
        }
    }
}
