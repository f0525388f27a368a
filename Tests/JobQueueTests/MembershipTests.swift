import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Join, leave and forget", .timeLimit(.minutes(1)))
struct MembershipTests {
    @Test func `joining makes the queue, twice is once, and nothing that waits is lost`() async throws {
        try await withQueue { q in
            try await q.add("1-0")
            for _ in 1...2 { try await q.queue.join(q.ada) }
            #expect(try await q.state == [":intact ada", "entry 1-0 args={} type=t.x"])
            #expect(try await q.claim(by: q.ada).count == 1)
        }
    }

    @Test func `a worker that holds nothing leaves no trace`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.queue.complete(try await q.claim(by: q.ada), by: q.ada)
            for _ in 1...2 { #expect(try await q.queue.leave(q.ada) == 0) }
            #expect(try await q.state == [":intact bob", ":stats done=1"])
        }
    }

    @Test func `a worker that leaves hands back what it did not know of`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            _ = try await q.claim(by: q.ada)
            #expect(try await q.queue.leave(q.ada) == 1)
            #expect(try await q.queue.statistics().ready == 1)
            let again = try await q.queue.rescue(for: q.bob, lease: .seconds(60), limit: 1).jobs
            #expect(again.first?.wasRescued == false)
        }
    }

    @Test func `silent workers that hold nothing are forgotten, holders are not`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            _ = try await q.queue.complete(try await q.claim(by: q.ada), by: q.ada)
            _ = try await q.claim(by: q.bob)
            #expect(try await q.queue.forgetWorkers(silentFor: .seconds(60)) == 0)
            try await eventually("a millisecond passes at the server") {
                try await q.queue.forgetWorkers(silentFor: .milliseconds(1)) == 1
            }
            #expect(
                try await q.state == [
                    ":intact bob", ":stats done=1", "entry 2-0 args={} type=t.x", "held 2-0 bob x1", "worker bob",
                ])
        }
    }
}
