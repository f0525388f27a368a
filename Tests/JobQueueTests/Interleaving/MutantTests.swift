import Mutants
import TestSupport
import Testing

/// The interleavings prove something only if they fail once a protection is gone.
@Suite("Interleavings without a protection", .timeLimit(.minutes(10)))
struct MutantTests {
    /// Within so many seeds each mutant is caught.
    private static let seeds: UInt64 = 120

    @Test(arguments: Mutant.all)
    func `are caught`(mutant: Mutant) async throws {
        try await withMutantRedis { client in
            try await mutant.load(through: client)
            for seed in 0..<Self.seeds {
                do {
                    try await Simulation(seed: seed, client: client).run()
                } catch let run as FailedRun where run.isOurs {
                    return
                }
            }
            Issue.record("\(Self.seeds) seeds went well although \(mutant.name)")
        }
    }
}
