import Foundation
import Mutants
import TestSupport
import Testing

/// Every verb in every order, with crashes, freezes, lost answers and expired leases mixed in.
///
/// `COURSEWORK_SEED=17` runs that seed alone and prints what happened; `COURSEWORK_SEEDS=10000` runs so many.
@Suite("Interleavings", .timeLimit(.minutes(10)))
struct InterleavingTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["COURSEWORK_SEED"].flatMap(UInt64.init)
    private static let seeds = environment["COURSEWORK_SEEDS"].flatMap(UInt64.init) ?? 300

    @Test func `lose no job and do none twice`() async throws {
        if let seed = Self.seed {
            try await withRedis { redis in
                let simulation = Simulation(seed: seed, client: redis.client)
                defer { print(simulation.trace.joined(separator: "\n")) }
                try await simulation.run()
            }
        } else {
            try await inLanes(4, upTo: Self.seeds) { try await Simulation(seed: $0, client: $1).run() }
        }
    }

    @Test func `lose no job either where the end of every batch is trimmed`() async throws {
        try await withMutantRedis { client in
            try await Mutant.eagerTrimming.load(through: client)
            for seed in 0..<Self.seeds / 5 { try await Simulation(seed: seed, client: client).run() }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `are the same for the same seed`(seed: UInt64) async throws {
        var traces: Set<[String]> = []
        for _ in 1...2 {
            try await withRedis { redis in
                let simulation = Simulation(seed: seed, client: redis.client)
                // How it ends is the other test's business.
                try? await simulation.run()
                traces.insert(simulation.trace)
            }
        }
        #expect(traces.count == 1)
    }
}
