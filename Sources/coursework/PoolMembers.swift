import Configuration
import Platform
import WorkerRuntime

/// The worker processes that the configuration asks for, each as this very program with `work`.
struct PoolMembers {
    let setup: Setup
    let diagnostics: Bool
    /// Added to our own environment.
    var environment: [String: String] = [:]

    var all: [Supervisor.Member] {
        setup.configuration.pools.sorted { $0.key < $1.key }.flatMap { name, pool in
            (1...pool.processes).map { member(name, pool, number: $0) }
        }
    }

    private func member(_ name: String, _ pool: PoolSettings, number: Int) -> Supervisor.Member {
        var arguments = ["work", "--pool", name]
        if let file = setup.file { arguments += ["--config", file] }
        if diagnostics { arguments.append("--diagnostics") }
        let title = pool.processes == 1 ? "worker \(name)" : "worker \(name) \(number)"
        return Supervisor.Member(
            name: title, command: OwnProgram.command(arguments, environment: environment),
            patience: pool.drain + .seconds(5))
    }
}
