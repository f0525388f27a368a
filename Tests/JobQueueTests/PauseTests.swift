import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("Pause and resume", .timeLimit(.minutes(1)))
struct PauseTests {
    @Test func `a queue is paused once and resumed once`() async throws {
        try await withQueue { q in
            try await q.join()
            #expect(try await q.queue.pause())
            #expect(try await !q.queue.pause())
            #expect(try await q.queue.statistics().isPaused)
            #expect(try await q.queue.control().isPaused)
            #expect(try await q.queue.resume())
            #expect(try await !q.queue.resume())
            #expect(try await !q.queue.statistics().isPaused)
        }
    }

    @Test func `jobs of a paused type wait with all they are, and go on in their order`() async throws {
        try await withQueue { q in
            try await q.seed(3)
            try await q.queue.pause(.type("t.x"))
            for job in try await q.claim(3, by: q.ada) { #expect(try await q.queue.block(job, by: q.ada) == .blocked) }
            let paused = try await q.queue.statistics()
            #expect(paused.blocked == 3 && paused.ready == 0 && paused.pausedTypes == ["t.x"] && !paused.isIdle)
            try await q.queue.unblock("t.x")
            #expect(try await q.queue.statistics().blocked == 3, "the gate is shut")

            #expect(try await q.queue.resume(.type("t.x")))
            let claimed = try await q.claim(9, by: q.bob)
            #expect(claimed.map(\.token) == ["1-0", "2-0", "3-0"] && claimed.allSatisfy { $0.attempt == 1 })
            #expect(try await q.state.filter { $0.contains("blocked") || $0.contains("gates") } == [])
        }
    }

    @Test func `a job that is set aside after the type was resumed is handed back instead`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.block(job, by: q.ada) == .handedBack)
            let rescued = try await q.takeAll(for: q.bob)
            #expect(rescued.map(\.entryText) == ["1-0"] && !rescued[0].wasRescued)
            #expect(try await q.queue.statistics().counters == [:])
        }
    }

    @Test func `whoever does not hold a job cannot set it aside`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            try await q.queue.pause(.type("t.x"))
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(try await q.queue.block(job, by: q.bob) == .lost)
            #expect(try await q.queue.statistics().active == 1)
        }
    }

    @Test func `what is left behind an open gate is told to the workers`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            try await q.queue.pause(.type("t.x"))
            _ = try await q.queue.block(try await q.claim(by: q.ada)[0], by: q.ada)
            _ = try await q.client.call("FCALL", "cw_resume", "1", q.queue.keys.stream, "type:t.x")
            #expect(try await q.queue.control().resumedTypes == ["t.x"])
            try await q.queue.unblock("t.x")
            #expect(try await q.queue.control().resumedTypes == [])
            #expect(try await q.queue.statistics().ready == 1)
        }
    }
}
