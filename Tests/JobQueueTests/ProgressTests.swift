import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("Progress", .timeLimit(.minutes(1)))
struct ProgressTests {
    /// A tracked job that a worker runs.
    private func withTracked(_ body: (TestQueue, JobID, ClaimedJob) async throws -> Void) async throws {
        try await withQueue { q in
            try await q.join()
            var new = NewJob("t.x", queue: "q", args: Array("{}".utf8))
            new.trackFor = .seconds(100)
            let id = try await q.queue.enqueue(new)
            try await body(q, id, try #require(try await q.claim(by: q.ada).first))
        }
    }

    private func report(
        _ progress: Double, _ remaining: Duration?, of job: ClaimedJob, _ q: TestQueue
    ) async throws -> JobStatus {
        #expect(try await q.queue.report(progress: progress, remaining: remaining, of: job, by: q.ada))
        return try #require(try await q.queue.status(of: JobID(queue: "q", token: job.token)!))
    }

    private static func isWithin(_ remaining: Duration?, _ range: ClosedRange<Int>) -> Bool {
        remaining.map { range.contains(Int($0.milliseconds)) } ?? false
    }

    @Test func `tells when the job will be done, until its worker cannot tell any more`() async throws {
        try await withTracked { q, id, job in
            let first = try await report(0.25, .seconds(60), of: job, q)
            let eta = try #require(first.etaMilliseconds)
            #expect(Self.isWithin(first.remaining, 30_000...60_000) && eta > 1_700_000_000_000)
            let shown = try #require(try await q.queue.describe(id))
            #expect(shown.etaMilliseconds == eta && Self.isWithin(shown.remaining, 30_000...60_000))
            let overdue = try await report(0.5, .zero, of: job, q)
            #expect(overdue.remaining == .zero)
            let unknown = try await report(0.75, nil, of: job, q)
            #expect(unknown.progress == 0.75 && unknown.etaMilliseconds == nil && unknown.remaining == nil)
        }
    }

    @Test func `is what an older worker says, too`() async throws {
        try await withTracked { q, id, job in
            let (key, ada) = (q.queue.keys.stream, q.ada.description)
            let answer = try await q.client.call("FCALL", "cw_progress", "1", key, ada, job.entryText, "0.5")
            #expect(answer.integer == 1)
            #expect(try await q.queue.status(of: id)?.progress == 0.5)
            for odd in ["", "-1", "soon", "1e3", "99999999999999999999"] {
                _ = try await q.client.call("FCALL", "cw_progress", "1", key, ada, job.entryText, "0.5", odd)
                #expect(try await q.queue.status(of: id)?.etaMilliseconds == nil)
            }
        }
    }

    @Test func `however long it will take, is a time`() async throws {
        try await withTracked { q, _, job in
            let status = try await report(0, .seconds(Int64.max), of: job, q)
            #expect(try #require(status.etaMilliseconds) < 253_402_300_800_000)
        }
    }

    @Test func `and when the job will be done stand while it is snoozed`() async throws {
        try await withTracked { q, id, job in
            let before = try await report(0.25, .seconds(60), of: job, q)
            #expect(try await q.queue.snooze(job, for: .seconds(9), by: q.ada))
            let status = try await q.queue.status(of: id)
            #expect(status?.state == "retrying" && status?.progress == 0.25)
            #expect(status?.etaMilliseconds == before.etaMilliseconds)
            let shown = try #require(try await q.queue.describe(id))
            #expect(shown.state == .retrying && shown.tracked["progress"] == "0.25" && shown.etaMilliseconds != nil)
        }
    }

    @Test(arguments: ["done", "dead", "failed", "cancelled"])
    func `nothing is expected of a job any more that ended or failed`(how: String) async throws {
        try await withTracked { q, id, job in
            _ = try await report(0.25, .seconds(60), of: job, q)
            switch how {
            case "done": #expect(try await q.queue.finish(job, as: .done, by: q.ada))
            case "dead": #expect(try await q.queue.bury(job, reason: .buried, error: "e", by: q.ada))
            case "failed": #expect(try await q.queue.retry(job, in: .seconds(9), error: "e", by: q.ada))
            default:
                #expect(try await q.queue.cancel(id) == .cancelling)
                #expect(try await q.queue.snooze(job, for: .seconds(9), by: q.ada))
            }
            let status = try #require(try await q.queue.status(of: id))
            #expect(status.state == (how == "failed" ? "retrying" : how) && status.etaMilliseconds == nil, "\(status)")
        }
    }

    @Test func `of a job that nobody tracks is noted nowhere`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.report(progress: 0.5, remaining: .seconds(1), of: job, by: q.ada))
            #expect(try await q.client.call("EXISTS", q.queue.keys.job("1-0")).integer == 0)
        }
    }
}
