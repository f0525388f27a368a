import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

/// What producers may write that is no job: it must go through every verb without an error, and without a loss.
@Suite("Malformed entries", .timeLimit(.minutes(1)))
struct MalformedEntryTests {
    static let entries: [String: [String]] = [
        "no type": ["args", "{}"],
        "no fields that mean anything": ["", ""],
        "words for numbers": [
            "type", "t.x", "attempt", "many", "crashes", "some", "snoozes", "few", "track", "long", "enqueued", "then",
        ],
        "huge numbers": [
            "type", "t.x", "attempt", "1e300", "crashes", "1e300", "snoozes", "1e300", "track", "1e300", "enqueued",
            "99999999999999999999999",
        ],
        "broken numbers": ["type", "t.x", "attempt", "1.5", "crashes", "0.5", "snoozes", "nan", "track", "0.5"],
        "numbers that are not": ["type", "t.x", "attempt", "nan", "crashes", "nan", "snoozes", "inf", "track", "nan"],
        "infinite numbers": ["type", "t.x", "attempt", "inf", "crashes", "-inf", "snoozes", "0x10", "track", "inf"],
        "negative numbers": ["type", "t.x", "attempt", "-5", "crashes", "-5", "snoozes", "-5", "track", "-5"],
        "empty numbers": ["type", "t.x", "attempt", "", "crashes", "", "snoozes", "", "track", "", "enqueued", ""],
        "a strange id": ["type", "t.x", "id", "a:b {c}\n\0é"],
        "an empty id": ["type", "t.x", "id", ""],
        "our own words": ["type", "t.x", "reason", "x", "error", "y", "worker", "z", "buried", "w"],
        "a history that is none": ["type", "t.x", "history", "once upon a time", "kind", "x"],
        "a history of something else": ["type", "t.x", "history", #"{"attempts":"two","omitted":[]}"#],
        "a history without an end": ["type", "t.x", "history", String(repeating: "[", count: 60_000)],
        "a field twice": ["type", "t.x", "type", "t.y"],
        "four thousand fields": ["type", "t.x", "args", "{}"] + (0..<4000).flatMap { ["field\($0)", "v"] },
        "ten megabytes": ["type", "t.x", "args", String(repeating: "x", count: 10 << 20)],
    ]

    @Test(arguments: Self.entries.keys.sorted())
    func `are snoozed, retried, rescued, released and buried without a loss`(name: String) async throws {
        try await withQueue { q in
            try await q.join()
            var pipeline = RedisPipeline()
            pipeline.add(["XADD", q.queue.keys.stream, "1-0"] + (Self.entries[name] ?? []))
            try #require(try await q.client.send(pipeline).firstError == nil)
            try await sendThroughEveryVerb(q)
        }
    }

    @Test func `that are not even text are carried as they are`() async throws {
        try await withQueue { q in
            try await q.join()
            let noise: [UInt8] = Array(0...255) + [0xff, 0xfe, 0xc0, 0x80]
            var pipeline = RedisPipeline()
            pipeline.begin(arguments: 9)
            for word in ["XADD", q.queue.keys.stream, "1-0", "type"] { pipeline.append(word) }
            pipeline.append(noise)
            pipeline.append("args")
            pipeline.append(noise)
            pipeline.append(noise)
            pipeline.append(noise)
            try #require(try await q.client.send(pipeline).firstError == nil)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.retry(job, in: .zero, error: "e", by: q.ada))
            #expect(try await q.queue.promote().count == 1)
            let again = try #require(try await q.claim(by: q.ada).first)
            #expect(Array(again.type) == noise && Array(again.args) == noise && again.attempt == 2)
            #expect(try await q.queue.bury(again, reason: .malformed, error: "e", by: q.ada))
            #expect(try await q.queue.statistics().dead == 1)
        }
    }

    private func sendThroughEveryVerb(_ q: TestQueue) async throws {
        let first = try #require(try await q.claim(by: q.ada).first)
        #expect(try await q.queue.retry(first, in: .zero, error: "e", by: q.ada))
        #expect(try await q.queue.promote().count == 1)
        #expect(try await q.queue.promote().count == 0)

        let second = try #require(try await q.claim(by: q.ada).first)
        #expect(try await q.queue.snooze(second, for: .zero, by: q.ada))
        #expect(try await q.queue.promote().count == 1)

        let third = try #require(try await q.claim(by: q.ada).first)
        _ = try await q.queue.report(progress: 0.5, of: third, by: q.ada)
        #expect(try await q.queue.release([third.entry], by: q.ada) == 1)
        #expect(try await q.takeAll(for: q.ada).count == 1)
        let fourth = try #require(try await q.takeAll(for: q.bob).first)
        #expect(try await q.queue.bury(fourth, reason: .malformed, error: "e", by: q.bob))
        let statistics = try await q.queue.statistics()
        #expect(statistics.dead == 1 && statistics.isIdle)
    }
}
