import JobQueue
import Jobs
import Mutants
import RedisClient
import TestSupport
import Testing

/// Jobs that ended in a large batch are gone, and no other entry is.
@Suite("Trimming", .timeLimit(.minutes(10)))
struct TrimTests {
    @Test(arguments: [0, 1, 20])
    func `what ended goes from the front, from between and from the end`(others: Int) async throws {
        try await withQueue { q in
            let left = try await left(by: q, others: others)
            #expect(left == Array(21..<21 + others) + Array(61...70))
        }
    }

    @Test func `an empty lane can be trimmed`() async throws {
        try await withQueue { q in
            try await q.seed(40)
            #expect(try await q.queue.complete(try await q.claim(40, by: q.ada), by: q.ada) == [])
            #expect(try await q.numbers == [])
            try await q.add("41-0")
            #expect(try await q.claim(by: q.bob).map(\.entryText) == ["41-0"])
        }
    }

    @Test func `where waiting jobs were deleted nothing is trimmed that is not ours`() async throws {
        try await withQueue { q in
            try await q.seed(60)
            let jobs = try await q.claim(30, by: q.ada)
            _ = try await q.client.call("XDEL", q.queue.keys.stream, "41-0", "42-0")
            #expect(try await q.queue.complete(jobs, by: q.ada) == [])
            #expect(try await q.numbers == Array(31...40) + Array(43...60))
        }
    }

    @Test func `what somebody took out of the group by hand stays`() async throws {
        try await withQueue { q in
            let left = try await leftAfterDeletingBob(q)
            #expect(left == Array(1...5) + Array(36...40))
        }
    }

    @Test(arguments: Mutant.trimming)
    func `without a protection other entries go, or ended ones stay`(mutant: Mutant) async throws {
        try await withMutantRedis { client in
            try await mutant.load(through: client)
            let between = try await left(by: TestQueue(client), others: 20)
            _ = try await client.call("FLUSHDB")
            let deleted = try await leftAfterDeletingBob(TestQueue(client))
            #expect(between != Array(21...40) + Array(61...70) || deleted != Array(1...5) + Array(36...40))
        }
    }

    /// Ada ends 1 to 20 and 41 to 60 in one call, Bob holds so many after 20, the rest of those was ended before.
    private func left(by q: TestQueue, others: Int) async throws -> [Int] {
        try await q.seed(70)
        let first = try await q.claim(20, by: q.ada)
        _ = try await q.claim(others, by: q.bob)
        let between = try await q.claim(20 - others, by: q.ada)
        if !between.isEmpty { _ = try await q.queue.complete(between, by: q.ada) }
        let last = try await q.claim(20, by: q.ada)
        #expect(try await q.queue.complete(first + last, by: q.ada) == [])
        return try await q.numbers
    }

    private func leftAfterDeletingBob(_ q: TestQueue) async throws -> [Int] {
        try await q.seed(40)
        _ = try await q.claim(5, by: q.bob)
        _ = try await q.client.call("XGROUP", "DELCONSUMER", q.queue.keys.stream, "workers", q.bob.description)
        #expect(try await q.queue.complete(try await q.claim(30, by: q.ada), by: q.ada) == [])
        return try await q.numbers
    }
}

extension TestQueue {
    /// The numbers of the entries that are there, of those that ``seed(_:)`` wrote.
    fileprivate var numbers: [Int] {
        get async throws {
            try await client.call("XRANGE", queue.keys.stream, "-", "+").elements.compactMap {
                Array($0.elements).first?.string?.split(separator: "-").first.flatMap { Int($0) }
            }
        }
    }
}
