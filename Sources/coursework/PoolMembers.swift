import Configuration
import Platform
import WorkerRuntime

/// The processes that the configuration asks for, each as this very program: workers, and a relay where there is a
/// database.
struct PoolMembers {
    let setup: Setup
    let diagnostics: Bool
    /// Added to our own environment.
    var environment: [String: String] = [:]

    var all: [Supervisor.Member] {
        let workers = setup.configuration.pools.sorted { $0.key < $1.key }.flatMap { name, pool in
            (1...pool.processes).map { member(name, pool, number: $0) }
        }
        return workers + (hasDatabase ? [relay] : [])
    }

    private var hasDatabase: Bool { setup.configuration.database.url != nil || environment["DATABASE_URL"] != nil }

    private var relay: Supervisor.Member {
        var relay = Supervisor.Member(name: "relay", command: command(["relay"]), patience: .seconds(15))
        // It waits for PostgreSQL; workers need not.
        relay.delaysReadiness = false
        return relay
    }

    private func member(_ name: String, _ pool: PoolSettings, number: Int) -> Supervisor.Member {
        let arguments = ["work", "--pool", name] + (diagnostics ? ["--diagnostics"] : [])
        let title = pool.processes == 1 ? "worker \(name)" : "worker \(name) \(number)"
        return Supervisor.Member(
            name: title, command: command(arguments), patience: pool.drain + .seconds(5))
    }

    private func command(_ arguments: [String]) -> ChildProcess.Command {
        OwnProgram.command(
            arguments + (setup.file.map { ["--config", $0] } ?? []), environment: environment)
    }
}
