import JobQueue
import Jobs
import Mutants
import RedisClient
import TestSupport
import Testing

/// What only time shows of limits is shown here only if it is not so without its protection.
@Suite("Rates without a protection", .timeLimit(.minutes(2)))
struct RateMutantTests {
    @Test(arguments: Mutant.rates)
    func `are caught`(mutant: Mutant) async throws {
        try await withMutantRedis { client in
            let q = TestQueue(client)
            try await q.seed(3)
            #expect(try await isSound(mutant.name, q), "with the protection")
            _ = try await client.call("FLUSHDB")
            try await mutant.load(through: client)
            try await q.seed(3)
            #expect(try await !isSound(mutant.name, q), "without it")
        }
    }

    private let hourly = Limit("r", rate: Rate(1, per: .seconds(3600)))

    /// Three jobs are ready.
    private func isSound(_ protection: String, _ q: TestQueue) async throws -> Bool {
        switch protection {
        case "a rate lets the next begin too soon":
            _ = try await q.enter(3, hourly)
            return try await q.queue.promote().nextDue.map { $0 > .seconds(3000) } ?? false
        case "a burst is one too many":
            return try await q.enter(3, hourly).count == 1
        case "who comes passes those who wait":
            _ = try await q.enter(2, hourly)
            _ = try await q.client.call("HSET", q.queue.keys.stream + ":limit:r", "tat", "0")
            return try await q.enter(1, hourly).isEmpty
        case "a gate is not noted as due":
            _ = try await q.enter(3, hourly)
            return try await q.queue.promote().nextDue != nil
        case "a new rate keeps the waits of the old":
            _ = try await q.enter(3, hourly)
            try await q.queue.redefine("r", as: Limit("r", rate: Rate(1, per: .seconds(2))))
            return try await q.queue.promote().nextDue.map { $0 < .seconds(4) } ?? true
        case "those that were let go on begin all at once":
            let quick = Limit("r", rate: Rate(1000, per: .seconds(1), burst: 1))
            _ = try await q.enter(3, quick)
            for _ in 1...3 {
                try await q.clockMovesOn()
                _ = try await q.queue.promote()
            }
            return try await q.queue.statistics().ready == 1
        case "a job that has expired is let go on":
            return try await expires(q)
        default: throw TestFailure("nothing shows whether \(protection)")
        }
    }

    private func expires(_ q: TestQueue) async throws -> Bool {
        let one = Limit("k", concurrency: 1)
        let running = try await q.enter(1, one)
        var brief = NewJob("t.x", queue: "q", args: [])
        (brief.expiresAfter, brief.trackFor) = (.milliseconds(1), .seconds(60))
        let id = try await q.queue.enqueue(brief)
        _ = try await q.enter(1, one)
        _ = try await q.enter(2, one)
        try await q.clockMovesOn()
        // It is first in the line, or last.
        for _ in 1...3 { _ = try await q.queue.complete(running, by: q.ada) }
        for _ in 1...3 {
            let next = try await q.enter(1, one)
            if next.ids == [id.token] { return false }
            if !next.isEmpty { _ = try await q.queue.complete(next, by: q.ada) }
        }
        return try await q.queue.status(of: id)?.state == "expired"
    }
}
