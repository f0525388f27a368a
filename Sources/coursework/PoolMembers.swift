import Configuration
import Platform
import WorkerRuntime

/// The processes that the configuration asks for, each as this very program: workers, a relay where there is a database,
/// and a server where the world may reach it.
struct PoolMembers {
    let setup: Setup
    let diagnostics: Bool
    /// Added to our own environment.
    var environment: [String: String] = [:]
    /// Where a server listens whatever the configuration says.
    var listen: ListenAddress?

    var all: [Supervisor.Member] {
        let workers = setup.configuration.pools.sorted { $0.key < $1.key }.flatMap { name, pool in
            (1...pool.mostProcesses).map { member(name, pool, number: $0) }
        }
        return workers + (hasDatabase ? [relay] : []) + (hasServer ? [server] : [])
    }

    /// Whoever reads the configuration must know the jobs that it names.
    private var forTrying: [String] { diagnostics ? ["--diagnostics"] : [] }

    private var hasServer: Bool { listen != nil || setup.configuration.server.publicURL != nil }

    private var server: Supervisor.Member {
        let settings = setup.configuration.server
        return Supervisor.Member(
            name: "server", command: command(["serve", "--listen", "\(listen ?? settings.listen)"] + forTrying),
            patience: settings.drain + .seconds(5))
    }

    private var hasDatabase: Bool { setup.configuration.database.url != nil || environment["DATABASE_URL"] != nil }

    private var relay: Supervisor.Member {
        var relay = Supervisor.Member(name: "relay", command: command(["relay"]), patience: .seconds(15))
        // It waits for PostgreSQL; workers need not.
        relay.delaysReadiness = false
        return relay
    }

    private func member(_ name: String, _ pool: PoolSettings, number: Int) -> Supervisor.Member {
        let arguments = ["work", "--pool", name] + forTrying
        let title = pool.mostProcesses == 1 ? "worker \(name)" : "worker \(name) \(number)"
        var member = Supervisor.Member(
            name: title, command: command(arguments), patience: pool.drain + .seconds(5))
        if number > pool.processes {
            member.place = Supervisor.Member.Place(group: name, number: number - pool.processes)
            member.delaysReadiness = false
        }
        return member
    }

    private func command(_ arguments: [String]) -> ChildProcess.Command {
        OwnProgram.command(arguments + setup.ownOptions, environment: environment)
    }
}
