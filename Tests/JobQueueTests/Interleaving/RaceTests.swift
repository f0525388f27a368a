import Foundation
import JobQueue
import Mutants
import RedisClient
import TestSupport
import Testing

/// One winner, when a worker ends a job in two ways while its lease is renewed and another rescues the job.
///
/// `COURSEWORK_FAULTS=full` runs a hundred thousand jobs through it.
@Suite("A race for a job", .timeLimit(.minutes(10)))
struct RaceTests {
    private static let jobs = 100
    private static let rounds = ProcessInfo.processInfo.environment["COURSEWORK_FAULTS"] == "full" ? 1000 : 40

    @Test func `has one winner`() async throws {
        try await withRedis { redis in
            let winners = try await run(Self.rounds, on: redis.client) { redis.newClient() }
            // Each contender wins now and then, or it was no race.
            for name in ["end", "retry", "rescue"] { #expect(winners[name] ?? 0 > 0, "\(name) never won: \(winners)") }
            #expect(winners.values.reduce(0, +) == Self.rounds * Self.jobs)
        }
    }

    @Test(arguments: [
        "retry asks nobody who holds the job", "finish asks nobody who holds the job",
        "complete asks nobody who holds the jobs", "rescue leaves the holder trusted",
    ])
    func `has two without a protection`(name: String) async throws {
        let mutant = try #require(Mutant.named(name))
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            try await mutant.load(through: client)
            await #expect(throws: Violation.self) { try await run(Self.rounds, on: client) { redis.newClient() } }
        }
    }

    private func run(
        _ rounds: Int, on client: RedisClient, _ newClient: () -> RedisClient
    ) async throws -> Race.Winners {
        let clients = (0..<4).map { _ in newClient() }
        defer { for client in clients { client.close() } }
        var race = Race(q: TestQueue(client), clients: clients, chance: SeededGenerator(seed: 6))
        var winners: Race.Winners = [:]
        for round in 0..<rounds {
            let won = try await race.run(
                Self.jobs, finishing: round.isMultiple(of: 2), atOnce: round % 4 < 2)
            winners.merge(won, uniquingKeysWith: +)
        }
        return winners
    }
}
