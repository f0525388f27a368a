import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Cancel and show", .timeLimit(.minutes(1)))
struct CancelTests {
    private func job(delay: Duration = .zero, track: Bool = false) -> NewJob {
        var job = NewJob("t.x", queue: "q", args: Array("{}".utf8))
        job.delay = delay
        job.trackFor = track ? .seconds(100) : nil
        return job
    }

    @Test(arguments: ["ready", "scheduled", "retrying", "blocked", "handed back"])
    func `a job that waits is gone at once`(place: String) async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(job(delay: place == "scheduled" ? .seconds(60) : .zero, track: true))
            if !["ready", "scheduled"].contains(place) {
                let claimed = try #require(try await q.claim(by: q.ada).first)
                switch place {
                case "retrying": _ = try await q.queue.retry(claimed, in: .seconds(9), error: "e", by: q.ada)
                case "blocked":
                    try await q.queue.pause(.type("t.x"))
                    _ = try await q.queue.block(claimed, by: q.ada)
                default: try await q.queue.release([claimed.entry], by: q.ada)
                }
            }
            let known = place == "handed back" ? "ready" : place
            #expect(try await q.queue.describe(id)?.state.rawValue == known)

            #expect(try await q.queue.cancel(id) == .cancelled)
            let after = try await q.queue.statistics()
            #expect(after.isIdle && after.counters["cancelled"] == 1)
            #expect(try await q.queue.status(of: id)?.state == "cancelled")
            #expect(try await q.queue.describe(id)?.state == .cancelled)
            #expect(try await q.state.filter { $0.contains("blocked") || $0.contains(":entries") } == [])
        }
    }

    @Test func `one that runs is told of, and does not run again`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await q.queue.enqueue(job())
            let claimed = try #require(try await q.claim(by: q.ada).first)
            let before = try await q.queue.control()
            #expect(try await q.queue.cancel(id) == .cancelling)
            let control = try await q.queue.control()
            #expect(control.version != before.version && control.cancelled == [claimed.entryText])
            #expect(try await q.queue.retry(claimed, in: .zero, error: "e", by: q.ada))
            #expect(try await q.queue.statistics().isIdle)
            #expect(try await q.queue.control().cancelled == [])
        }
    }

    @Test func `one whose worker dies is not given to another`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.claim(by: q.ada)
            let id = try #require(JobID(queue: "q", token: "1-0"))
            #expect(try await q.queue.cancel(id) == .cancelling)
            #expect(try await q.takeAll(for: q.bob).isEmpty)
            #expect(try await q.queue.statistics().counters["cancelled"] == 1)
        }
    }

    @Test func `one that is done first is done`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let claimed = try await q.claim(by: q.ada)
            _ = try await q.queue.cancel(try #require(JobID(queue: "q", token: "1-0")))
            #expect(try await q.queue.complete(claimed, by: q.ada) == [])
            #expect(try await q.queue.statistics().counters == ["done": 1])
            #expect(try await q.queue.control().cancelled == [])
        }
    }

    @Test func `one whose producer chose its id is looked for a megabyte at a time`() async throws {
        try await withQueue { q in
            try await q.join()
            let args = String(repeating: "x", count: 300_000)
            for _ in 1...10 { try await q.add("*", "type", "t.x", "args", args) }
            try await q.add("*", "type", "t.x", "args", "{}", "id", "mine")
            let parts = try await q.client.call("FCALL", "cw_find", "1", q.queue.keys.stream, "mine", "-").elements
                .compactMap(\.string)
            #expect(parts.count == 2 && parts[0] == "" && parts[1].hasPrefix("("))
            let entries = try await q.client.call(
                "XRANGE", q.queue.keys.stream, "-", parts.last?.dropFirst().description ?? "")
            #expect(entries.count == 4)

            #expect(try await q.queue.describe(try #require(JobID(queue: "q", token: "mine")))?.state == .ready)
            #expect(try await q.queue.cancel(try #require(JobID(queue: "q", token: "mine"))) == .cancelled)
            #expect(try await q.queue.cancel(try #require(JobID(queue: "q", token: "mine"))) == .unknown)
            #expect(try await q.queue.statistics().ready == 10)
        }
    }

    @Test func `what has ended, or never was, is said so`() async throws {
        try await withQueue { q in
            try await q.join()
            let dead = try await q.queue.enqueue(job())
            _ = try await q.queue.bury(try await q.claim(by: q.ada)[0], reason: .buried, error: "e", by: q.ada)
            #expect(try await q.queue.cancel(dead) == .ended(.dead))
            let done = try await q.queue.enqueue(job(track: true))
            _ = try await q.queue.finish(try await q.claim(by: q.ada)[0], as: .done, by: q.ada)
            #expect(try await q.queue.cancel(done) == .ended(.done))
            for token in ["never", "99-0"] {
                let id = try #require(JobID(queue: "q", token: token))
                #expect(try await q.queue.cancel(id) == .unknown)
                #expect(try await q.queue.describe(id) == nil)
            }
        }
    }

    @Test func `an id that its producer chose in a plain entry is found behind a thousand others`() async throws {
        try await withQueue { q in
            try await q.join()
            let others = Array(repeating: job(), count: 1200)
            for result in await q.queue.enqueue(contentsOf: others) { _ = try result.get() }
            try await q.add("*", "type", "t.x", "args", "{}", "id", "mine")
            let id = try #require(JobID(queue: "q", token: "mine"))
            #expect(try await q.queue.describe(id)?.fields["args"] == "{}")
            #expect(try await q.queue.cancel(id) == .cancelled)
            #expect(try await q.queue.statistics().ready == 1200)
        }
    }

    @Test func `all that is known of a running job is shown`() async throws {
        try await withQueue { q in
            try await q.join()
            var job = job(track: true)
            job.expiresAfter = .seconds(60)
            let id = try await q.queue.enqueue(job)
            let claimed = try #require(try await q.claim(by: q.ada).first)
            _ = try await q.queue.report(progress: 0.5, of: claimed, by: q.ada)
            let shown = try #require(try await q.queue.describe(id))
            #expect(shown.state == .active && shown.holder?.worker == q.ada && shown.holder?.deliveries == 1)
            #expect(shown.fields["type"] == "t.x" && shown.tracked["progress"] == "0.5")
            #expect(claimed.expiresMilliseconds > 1_700_000_000_000)
        }
    }

    @Test(arguments: ["DEL", "SET", "LPUSH"])
    func `ids lead to their jobs also without the index`(how: String) async throws {
        try await withQueue { q in
            let id = try await q.queue.enqueue(job(track: true))
            let key = q.queue.keys.stream + ":entries"
            _ = try await q.client.call("DEL", key)
            if how != "DEL" { _ = try await q.client.call(how, key, "something else") }
            #expect(try await q.queue.describe(id)?.state == .ready)
            let another = try await q.queue.enqueue(job(track: true))
            #expect(try await q.queue.cancel(id) == .cancelled)
            #expect(try await q.queue.cancel(another) == .cancelled)
        }
    }
}
