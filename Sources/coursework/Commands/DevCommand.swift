import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import RedisClient
import WorkerRuntime

/// `coursework dev`: everything at once, for development.
struct DevCommand: Command {
    static let name = "dev"
    static let summary = "run everything here and now, on private servers in one folder"
    static let help = """
        Runs a private redis-server, a private PostgreSQL with all its tables, a relay and the workers
        of all pools, with all their data in one folder. Nothing listens on a port. Prints `ready` once
        jobs are taken.

        Usage: coursework dev [--data DIR] [--diagnostics] [--exit-when-idle] [--config FILE]

          --data DIR          the folder (default: data); DIR/env is for a shell to source, DIR/mail holds
                              mail when SMTP_URL is not set, DIR/redis the queues, DIR/postgres the
                              database
          --diagnostics       also know the jobs diagnostics.noop, .sleep, .fail, .crash and others
          --exit-when-idle    end when no job waits, runs or is scheduled any more

        In another terminal:  . data/env && coursework queues --watch
        """

    private let setup: Setup
    private let folder: String
    private let diagnostics: Bool
    private let exitWhenIdle: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        folder = try arguments.option("--data") ?? "data"
        diagnostics = arguments.flag("--diagnostics")
        exitWhenIdle = arguments.flag("--exit-when-idle")
    }

    func run() async throws {
        let loop = try EventLoop()
        let servers = DevServers(setup: setup, folder: folder, diagnostics: diagnostics, loop: loop)
        try await servers.run { servers, supervisor in
            // For people; standard output says only what scripts wait for.
            if Terminal.isInteractive { Terminal.print("In another terminal:  . \(folder)/env") }
            Terminal.print("ready")
            Readiness.announce()
            guard exitWhenIdle else { return }
            await waitUntilIdle(servers, on: loop)
            supervisor.drain()
        }
    }

    /// Idle at two looks in a row: between them no job was on its way from one state to another.
    private func waitUntilIdle(_ servers: PrivateServers, on loop: EventLoop) async {
        let client = RedisClient(servers.redis.configuration, name: "coursework-dev", loop: loop)
        let database = PostgresClient(servers.postgres.configuration, name: "coursework-dev", loop: loop)
        defer {
            client.close()
            database.close()
        }
        var idleLooks = 0
        while idleLooks < 2 {
            await loop.sleep(for: .milliseconds(200))
            // The outbox first: what leaves it is in a queue.
            let hasNoRows = await isIdle(Outbox(database))
            let isIdle = await isIdle(client)
            idleLooks = hasNoRows && isIdle ? idleLooks + 1 : 0
        }
    }

    private func isIdle(_ outbox: Outbox) async -> Bool {
        guard let summary = try? await outbox.summary() else { return false }
        return Set(setup.configuration.queues.map(\.name)).isDisjoint(with: summary.queues)
    }

    private func isIdle(_ client: RedisClient) async -> Bool {
        for queue in setup.configuration.queues {
            guard let statistics = try? await JobQueue(queue, client: client).statistics(), statistics.isIdle else {
                return false
            }
        }
        return true
    }
}
