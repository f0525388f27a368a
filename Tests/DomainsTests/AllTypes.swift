import Configuration
import DiagnosticsWorker
import Domains
import Jobs
import TestSupport

/// Every job type of the program, as a worker has it, with no server behind any.
enum AllTypes {
    static let registry: JobRegistry = {
        var registry = JobRegistry()
        let surroundings = Surroundings(
            environment: [:], dataFolder: "/nonexistent", configurationFolder: Checkout.root + "/Config")
        do {
            for domain in jobDomains { try register(domain, in: &registry, surroundings) }
        } catch {
            preconditionFailure("\(error)")
        }
        DiagnosticsJobs.register(in: &registry, surroundings: surroundings)
        return registry
    }()

    static let names = registry.jobs.keys.map(\.name).sorted()

    static func job(_ name: String) throws -> RegisteredJob {
        guard let job = JobType(name).flatMap({ registry[$0] }) else { throw TestFailure("no type \(name)") }
        return job
    }

    private static func register<Domain: JobDomain>(
        _: Domain.Type, in registry: inout JobRegistry, _ surroundings: Surroundings
    ) throws {
        try Domain.register(in: &registry, settings: Domain.Settings(), surroundings: surroundings)
    }
}
