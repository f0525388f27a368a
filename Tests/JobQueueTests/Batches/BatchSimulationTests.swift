import Mutants
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

@Suite("Batches and chains in every order", .timeLimit(.minutes(5)))
struct BatchSimulationTests {
    @Test(arguments: 0..<(Form.current(short: 2, full: 4) as UInt64))
    func `are as their model says`(part: UInt64) async throws {
        try await withLibrary(FunctionLibrary.source) { client in
            for seed in part * 25..<(part + 1) * 25 {
                var simulation = BatchSimulation(seed: seed, client: client)
                do { try await simulation.run() } catch { Issue.record("seed \(seed): \(error)") }
            }
        }
    }

    @Test(arguments: Mutant.batches)
    func `are not without a protection`(mutant: Mutant) async throws {
        try await withLibrary(try mutant.source()) { client in
            for seed in 0..<100 as Range<UInt64> {
                var simulation = BatchSimulation(seed: seed, client: client)
                do { try await simulation.run() } catch is BatchViolation { return } catch is RedisError { return }
            }
            Issue.record("100 seeds went well although \(mutant.name)")
        }
    }

    private func withLibrary(_ source: String, _ body: (RedisClient) async throws -> Void) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            _ = try await client.call("FUNCTION", "LOAD", "REPLACE", source)
            try await body(client)
        }
    }
}
