internal import Jobs
internal import Sealing

extension FeaturesBenchmark {
    private static let payloadBytes = 300

    /// What a job of a sealed type costs its producer, and the worker that opens it.
    func sealed(_ report: (Figure) -> Void) async throws {
        let vault = PayloadVault(sealing: [TypePattern("*")].compactMap { $0 }, with: [.generate()])
        let payload = [UInt8](repeating: UInt8(ascii: "x"), count: Self.payloadBytes)
        let count = workshop.jobs(200_000)
        var sealed = payload
        let sealing = try await Workshop.seconds {
            for _ in 0..<count { sealed = vault.seal(payload, of: "bench.stamp") }
        }
        let opening = try await Workshop.seconds {
            for _ in 0..<count { _ = try vault.open(sealed, of: "bench.stamp") }
        }
        report(Figure("a payload of \(Self.payloadBytes) bytes sealed", sealing / Double(count) * 1e6, "µs"))
        report(Figure("  and opened", opening / Double(count) * 1e6, "µs"))
    }
}
