import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("Unique jobs", .timeLimit(.minutes(1)))
struct UniqueTests {
    private func job(_ args: String, _ mode: UniqueKey.Mode = .reject, delay: Duration = .zero) -> NewJob {
        var job = NewJob("t.x", queue: "q", args: Array(args.utf8))
        job.uniqueKey = UniqueKey("k", mode: mode, window: .seconds(100))
        job.delay = delay
        return job
    }

    @Test func `a second job with the key is rejected until the first has ended`() async throws {
        try await withQueue { q in
            try await q.join()
            let first = try await q.queue.enqueue(reporting: job("1"))
            #expect(try await q.queue.enqueue(reporting: job("2")) == .duplicate(first.id))
            let claimed = try #require(try await q.claim(by: q.ada).first)
            #expect(claimed.endsAlone)
            #expect(try await q.queue.enqueue(reporting: job("3")) == .duplicate(first.id))
            _ = try await q.queue.retry(claimed, in: .seconds(50), error: "e", by: q.ada)
            #expect(try await q.queue.enqueue(reporting: job("4")) == .duplicate(first.id))
            #expect(try await q.queue.cancel(first.id) == .cancelled)
            let next = try await q.queue.enqueue(reporting: job("5"))
            #expect(next == .enqueued(next.id) && next.id != first.id)
        }
    }

    @Test(arguments: ["finish", "bury", "discard", "expire"])
    func `the key is free when its job has ended`(end: String) async throws {
        try await withQueue { q in
            try await q.join()
            let first = try await q.queue.enqueue(job("1"))
            let claimed = try #require(try await q.claim(by: q.ada).first)
            let ended: Bool =
                switch end {
                case "bury": try await q.queue.bury(claimed, reason: .buried, error: "e", by: q.ada)
                case "discard": try await q.queue.finish(claimed, as: .discarded, by: q.ada)
                case "expire": try await q.queue.finish(claimed, as: .expired, by: q.ada)
                default: try await q.queue.finish(claimed, as: .done, by: q.ada)
                }
            #expect(ended)
            let second = try await q.queue.enqueue(reporting: job("2"))
            #expect(second == .enqueued(second.id) && second.id != first)
        }
    }

    @Test func `a job that waits is replaced, and keeps its id`() async throws {
        try await withQueue { q in
            try await q.join()
            let first = try await q.queue.enqueue(job("1"))
            #expect(try await q.queue.enqueue(reporting: job("2", .replace)) == .replaced(first))
            #expect(try await q.queue.enqueue(reporting: job("3", .replace, delay: .seconds(60))) == .replaced(first))
            let token = first.token
            #expect(
                try await q.state.filter { !$0.hasPrefix("worker") && !$0.hasPrefix(":intact") } == [
                    ":later \(token) in 60s", ":later:jobs \(token) args=3 enqueued=now id=\(token) type=t.x unique=k",
                    ":unique:k for 100s \(token)",
                ])
            #expect(try await q.queue.enqueue(reporting: job("4", .replace)) == .replaced(first))
            let claimed = try await q.claim(10, by: q.ada)
            #expect(claimed.map { String(decoding: $0.args, as: UTF8.self) } == ["4"])
            #expect(claimed.map(\.token) == [token])
        }
    }

    @Test func `beside one that runs the new one is enqueued, and has the key from then on`() async throws {
        try await withQueue { q in
            try await q.join()
            let first = try await q.queue.enqueue(job("1"))
            let claimed = try #require(try await q.claim(by: q.ada).first)
            let second = try await q.queue.enqueue(reporting: job("2", .replace))
            #expect(second == .enqueued(second.id) && second.id != first)
            #expect(try await q.queue.finish(claimed, as: .done, by: q.ada))
            #expect(try await q.queue.enqueue(reporting: job("3")) == .duplicate(second.id))
        }
    }

    @Test func `what is said again begins its delay anew`() async throws {
        try await withQueue { q in
            let first = try await q.queue.enqueue(job("1", .debounce, delay: .seconds(60)))
            let again = try await q.queue.enqueue(reporting: job("2", .debounce, delay: .seconds(120)))
            #expect(again == .replaced(first))
            #expect(try await q.state.contains(":later \(first.token) in 120s"))
            #expect(try await q.queue.statistics().scheduled == 1)
        }
    }

    @Test func `what is throttled runs once in its window, whatever became of the first`() async throws {
        try await withQueue { q in
            try await q.join()
            let first = try await q.queue.enqueue(job("1", .throttle))
            let claimed = try await q.claim(by: q.ada)
            #expect(!claimed[0].endsAlone, "it costs nothing at its end")
            #expect(try await q.queue.complete(claimed, by: q.ada) == [])
            #expect(try await q.queue.enqueue(reporting: job("2", .throttle)) == .throttled(first))
            _ = try await q.client.call("DEL", q.queue.keys.stream + ":unique:k")
            let next = try await q.queue.enqueue(reporting: job("3", .throttle))
            #expect(next == .enqueued(next.id))
        }
    }

    @Test func `a key whose job is gone without a word holds up nobody`() async throws {
        try await withQueue { q in
            _ = try await q.queue.enqueue(job("1"))
            _ = try await q.client.call("XTRIM", q.queue.keys.stream, "MAXLEN", "0")
            let next = try await q.queue.enqueue(reporting: job("2"))
            #expect(next == .enqueued(next.id))
        }
    }

    @Test func `a hundred callers at once enqueue one job`() async throws {
        try await withQueue { q in
            let answers = try await withThrowingTaskGroup(of: EnqueueAnswer.self) { group in
                for number in 0..<100 { group.addTask { try await q.queue.enqueue(reporting: job("\(number)")) } }
                return try await group.reduce(into: [EnqueueAnswer]()) { $0.append($1) }
            }
            #expect(answers.count { if case .enqueued = $0 { true } else { false } } == 1)
            #expect(Set(answers.map(\.id)).count == 1)
            #expect(try await q.queue.statistics().ready == 1)
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 257)])
    func `a key that is no key is none`(text: String) { #expect(UniqueKey(text) == nil) }
}
