import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("Changes of tracked jobs", .timeLimit(.minutes(1)))
struct ChangesTests {
    private static let always = 0..<9_007_199_254_740_991

    private func add(_ q: TestQueue, tracked: Bool = true) async throws -> JobID {
        var new = NewJob("t.x", queue: "q", args: Array("{}".utf8))
        if tracked { new.trackFor = .seconds(100) }
        return try await q.queue.enqueue(new)
    }

    @Test func `are all that happens to them, in their order`() async throws {
        try await withQueue { q in
            try await q.join()
            let id = try await add(q)
            _ = try await add(q, tracked: false)
            let job = try #require(try await q.claim(by: q.ada).first)
            _ = try await q.queue.report(progress: 0.25, of: job, by: q.ada)
            _ = try await q.queue.retry(job, in: .seconds(9), error: "It broke.", by: q.ada)
            _ = try await q.queue.cancel(id)
            let changes = try #require(try await q.queue.changes(in: Self.always))
            #expect(changes.map(\.state) == ["ready", "active", "retrying", "cancelled"])
            #expect(changes.allSatisfy { $0.id == id && $0.type == "t.x" })
            #expect(changes.map(\.attempt) == [1, 1, 2, 2] && changes[1].progress == 0.25)
            let (newest, since) = try await q.queue.changes(before: changes[3].milliseconds + 1)
            #expect(newest == changes && since < changes[0].milliseconds)
            let none = try await q.queue.changes(in: 0..<changes[0].milliseconds)
            #expect(none == [])
        }
    }

    @Test func `are forgotten by their number and an hour after the last`() async throws {
        try await withQueue { q in
            for _ in 0..<1200 { _ = try await add(q) }
            let kept = try #require(try await q.client.call("XLEN", q.queue.keys.events).integer)
            #expect((JobQueue.mostChanges...JobQueue.mostChanges + 100).contains(kept))
            // So many that some are gone: then nobody says that these are all.
            #expect(try await q.queue.changes(in: Self.always) == nil)
            let newest = try await q.queue.changes(before: 9_007_199_254_740_991)
            #expect(newest.changes.count <= JobQueue.mostChanges)
            let life = try #require(try await q.client.call("PTTL", q.queue.keys.events).integer)
            #expect((3_500_000...3_600_000).contains(life))
        }
    }

    @Test func `of a strange entry harm nobody`() async throws {
        try await withQueue { q in
            try await q.join()
            let name = String(repeating: "n", count: 5000)
            try await q.add("*", "type", name, "args", "{}", "track", "100000", "id", "not a token \u{1B}")
            let job = try #require(try await q.claim(by: q.ada).first)
            _ = try await q.queue.finish(job, as: .done, by: q.ada)
            let events = try await q.client.call("XRANGE", q.queue.keys.events, "-", "+")
            #expect(events.allBytes.count < 1000)
            #expect(try await q.queue.changes(in: Self.always)?.isEmpty == true)
        }
    }
}
