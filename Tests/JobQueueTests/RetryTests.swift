import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Retry, snooze and bury", .timeLimit(.minutes(1)))
struct RetryTests {
    @Test func `a failed job waits with its attempt raised and its error kept`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.retry(job, in: .seconds(60), error: "no route", by: q.ada))
            let state = [
                ":intact ada", ":intact bob", ":later 1-0 in 60s",
                ":later:jobs 1-0 args={} attempt=2 enqueued=1 error=no route history=1x id=1-0 type=t.x",
                ":later:retries 1-0", ":stats retried=1", "worker ada",
            ]
            #expect(try await q.state == state)
            #expect(try await !q.queue.retry(job, in: .seconds(60), error: "again", by: q.ada))
            #expect(try await q.state == state)
        }
    }

    @Test func `a snoozed job waits with its attempt as it was`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.snooze(job, for: .seconds(60), by: q.ada))
            #expect(
                try await q.state == [
                    ":intact ada", ":intact bob", ":later 1-0 in 60s",
                    ":later:jobs 1-0 args={} attempt=1 enqueued=1 id=1-0 snoozes=1 type=t.x",
                    ":later:retries 1-0", ":stats snoozed=1", "worker ada",
                ])
            #expect(try await !q.queue.snooze(job, for: .seconds(60), by: q.ada))
        }
    }

    @Test func `a buried job is a dead letter with its reason, error and worker`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.bury(job, reason: .failures, error: "gone\nwrong", by: q.ada))
            let state = [
                ":dead 1-0 in 0s",
                ":dead:jobs 1-0 args={} attempt=1 buried=now enqueued=1 error=gone\nwrong history=1x id=1-0 "
                    + "reason=failures type=t.x worker=ada",
                ":intact ada", ":intact bob", ":stats dead=1", "worker ada",
            ]
            #expect(try await q.state == state)
            #expect(try await !q.queue.bury(job, reason: .buried, error: "", by: q.ada))
            #expect(try await q.state == state)
        }
    }

    @Test func `a job whose next attempt would begin too late is parked, with its error and why`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add()
            let job = try #require(try await q.claim(by: q.ada).first)
            let error = ErrorReport("no route", kind: "NoRoute")
            #expect(
                try await q.queue.retry(job, in: .seconds(61), within: .seconds(60), error: error, by: q.ada) == true)
            #expect(try await q.queue.statistics().counters == ["dead": 1])
            let dead = try await q.state.filter { $0.hasPrefix(":dead:jobs") }
            #expect(dead.count == 1 && dead[0].contains("reason=too_late") && dead[0].contains("kind=NoRoute"))
            #expect(
                dead[0].contains(
                    "error=no route (No retry: it would have begun more than 60 s after the job was enqueued.)"))
            #expect(try await q.queue.retry(job, in: .zero, within: .seconds(60), error: error, by: q.ada) == nil)
        }
    }

    @Test(arguments: ["5", "many", "99999999999999999999999", "-1"])
    func `the time for retries begins with the first enqueue`(enqueued: String) async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("*", "type", "t.x", "args", "{}", "enqueued", enqueued)
            let job = try #require(try await q.claim(by: q.ada).first)
            let isParked = try await q.queue.retry(job, in: .zero, within: .seconds(60), error: "e", by: q.ada)
            // What is no time sets no limit: the number of retries still does.
            #expect(isParked == (enqueued == "5"))
        }
    }

    @Test func `a retry within its time is put off`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add()
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(
                try await q.queue.retry(job, in: .seconds(50), within: .seconds(60), error: "e", by: q.ada) == false)
            #expect(try await q.queue.statistics().retrying == 1)
        }
    }

    @Test func `a tracked job's states are told`() async throws {
        try await withQueue { q in
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: [])
            new.trackFor = .seconds(100)
            let id = try await q.queue.enqueue(new)
            let first = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.retry(first, in: .zero, error: "e1", by: q.ada))
            var status = try #require(try await q.queue.status(of: id))
            #expect(status.state == "retrying" && status.attempt == 2 && status.error == "e1")
            _ = try await q.queue.promote()
            #expect(try await q.queue.status(of: id)?.state == "ready")
            let second = try #require(try await q.claim(by: q.ada).first)
            #expect(second.attempt == 2 && second.token == id.token)
            #expect(try await q.queue.bury(second, reason: .buried, error: "e2", by: q.ada))
            status = try #require(try await q.queue.status(of: id))
            #expect(status.state == "dead" && status.reason == "buried" && status.error == "e2" && status.hasEnded)
        }
    }

    @Test func `an error as long as a book is cut`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(
                try await q.queue.retry(
                    job, in: .zero, error: ErrorReport(String(repeating: "é", count: 90_000)), by: q.ada))
            _ = try await q.queue.promote()
            let again = try #require(try await q.claim(by: q.ada).first)
            #expect(again.attempt == 2)
            #expect(try await q.state.contains { $0.contains("error=<2003 bytes>") })
        }
    }

    @Test func `the id of a job that is dead already is not overwritten`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("1-0", "type", "t.x", "id", "same")
            try await q.add("2-0", "type", "t.y", "id", "same")
            for job in try await q.claim(2, by: q.ada) {
                #expect(try await q.queue.bury(job, reason: .buried, error: "", by: q.ada))
            }
            let dead = try await q.state.filter { $0.hasPrefix(":dead:jobs") }
            #expect(
                dead.count == 2 && dead[0].hasPrefix(":dead:jobs same ") && dead[1].hasPrefix(":dead:jobs same.2-0 "))
        }
    }

    @Test func `overwrites no job that is called like the second name of another`() async throws {
        try await withQueue { q in
            try await q.join()
            for (entry, id) in [("1-0", "one"), ("2-0", "one.3-0"), ("3-0", "one")] {
                try await q.add(entry, "type", "t.x", "args", "{}", "id", id)
            }
            for job in try await q.claim(3, by: q.ada) {
                #expect(try await q.queue.retry(job, in: .seconds(9), error: "e", by: q.ada))
            }
            #expect(try await q.client.call("HLEN", q.queue.keys.later + ":jobs").integer == 3)
            #expect(try await q.queue.statistics().retrying == 3)
        }
    }
}
