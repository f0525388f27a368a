import JobQueue
import Testing

@Suite("Suspects", .timeLimit(.minutes(1)))
struct SuspectTests {
    @Test func `one with a life left is set aside, and taken only by those that ask for it`() async throws {
        try await withQueue { q in
            try await q.seed(2)
            _ = try await q.claim(2, by: q.ada)
            try await q.makeIdle(["1-0", "2-0"], of: q.ada)
            _ = try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 1)
            try await q.makeIdle(["1-0"], of: q.bob)

            let first = try await q.queue.rescue(for: q.ada, lease: .seconds(5), limit: 9, suspects: .without)
            #expect(first.jobs.map(\.entryText) == ["2-0"] && first.isTurnForSuspects)
            #expect(try await q.state.contains("held 1-0 suspects x2"))
            // Set aside, it is ready again: nobody runs it.
            #expect(try await q.queue.statistics().ready == 1)

            // The turn of somebody, for as long as this test takes.
            _ = try await q.client.call("SET", q.queue.keys.stream + ":turn", "somebody")
            let second = try await q.queue.rescue(for: q.ada, lease: .seconds(5), limit: 9, suspects: .without)
            #expect(second.jobs.isEmpty && !second.isTurnForSuspects, "somebody's turn it is already")
            let alone = try await q.queue.rescue(for: q.bob, lease: .seconds(5), limit: 9, suspects: .only)
            #expect(alone.jobs.map(\.entryText) == ["1-0"])
            #expect(try await q.queue.complete(alone.jobs, by: q.bob) == [])
        }
    }

    @Test func `one whose worker lives after all is no suspect any more`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            let job = try #require(try await q.claim(by: q.ada).first)
            _ = try await q.takeAll(for: q.bob)
            try await q.makeIdle(["1-0"], of: q.bob)
            _ = try await q.queue.rescue(for: q.ada, lease: .seconds(5), limit: 1, suspects: .without)
            #expect(try await q.state.contains("held 1-0 suspects x2"))
            // Bob was only frozen.
            #expect(try await q.queue.complete([job], by: q.bob) == ["1-0"])
            #expect(try await q.queue.rescue(for: q.ada, lease: .zero, limit: 1, suspects: .only).jobs.isEmpty)
            let again = try await q.queue.rescue(for: q.ada, lease: .seconds(60), limit: 1, suspects: .without)
            #expect(again.jobs.map(\.entryText) == ["1-0"])
        }
    }

    @Test func `leases lost too often under workers that live park the job`() async throws {
        try await withQueue { q in
            try await q.seed(1)
            var job = try #require(try await q.claim(by: q.ada).first)
            let tolerance = Tolerance(leaseLosses: 3)
            var (holder, other) = (q.ada, q.bob)
            for loss in 1...3 {
                try await q.makeIdle(["1-0"], of: holder)
                let rescue = try await q.queue.rescue(for: other, lease: .seconds(5), limit: 1, tolerance: tolerance)
                job = try #require(rescue.jobs.first, "loss \(loss)")
                #expect(try await q.queue.renew([job.entry], handings: 1, by: holder) == ["1-0"])
                (holder, other) = (other, holder)
            }
            try await q.makeIdle(["1-0"], of: holder)
            #expect(
                try await q.queue.rescue(for: other, lease: .seconds(5), limit: 1, tolerance: tolerance).jobs.isEmpty)
            let dead = try #require(try await q.state.first { $0.hasPrefix(":dead:jobs") })
            #expect(dead.contains("reason=lease") && dead.contains("losses=3"))
        }
    }
}
