internal import FoundationEssentials
internal import LocalServers
internal import Platform
internal import RedisClient

/// The benchmarks, by name, in the order they run.
public struct BenchmarkSuite: Sendable {
    public static let names = [
        "drain", "enqueue", "latency", "idle", "depth", "start", "durability", "network", "relay", "features",
        "priority", "dead", "mail", "quiz", "certificates", "video", "serve",
        "streams",
    ]

    private let workshop: Workshop
    private let report: @Sendable (Figure) -> Void

    /// - Parameter report: called with each figure as soon as it is known.
    public init(workshop: Workshop, report: @escaping @Sendable (Figure) -> Void) {
        self.workshop = workshop
        self.report = report
    }

    public func run(_ name: String) async throws {
        switch name {
        case "drain": try await DrainBenchmark(workshop: workshop).run(report)
        case "enqueue": try await EnqueueBenchmark(workshop: workshop).run(report)
        case "latency": try await LatencyBenchmark(workshop: workshop).run(report)
        case "idle": try await IdleBenchmark(workshop: workshop).run(report)
        case "depth": try await DepthBenchmark(workshop: workshop).run(report)
        case "start": try await StartBenchmark(workshop: workshop).run(report)
        case "durability": try await DurabilityBenchmark(workshop: workshop).run(report)
        case "network": try await NetworkBenchmark(workshop: workshop).run(report)
        case "relay": try await RelayBenchmark(workshop: workshop).run(report)
        case "features": try await FeaturesBenchmark(workshop: workshop).run(report)
        case "priority": try await PriorityBenchmark(workshop: workshop).run(report)
        case "dead": try await DeadLetterBenchmark(workshop: workshop).run(report)
        case "mail":
            try await RenderingBenchmark(workshop: workshop).run(report)
            try await SendingBenchmark(workshop: workshop).run(report)
        case "quiz":
            try ScoringBenchmark(workshop: workshop).run(report)
            try await GradingBenchmark(workshop: workshop).run(report)
        case "certificates": try await CertificateBenchmark(workshop: workshop).run(report)
        case "video": try await VideoBenchmark(workshop: workshop).run(report)
        case "serve":
            try await ServerBenchmark(workshop: workshop).run(report)
            try await SubmissionBenchmark(workshop: workshop).run(report)
        case "streams": try await StreamsBenchmark(workshop: workshop).run(report)
        default: preconditionFailure("there is no benchmark \(name)")
        }
    }
}
