import JobQueue
import Jobs
import Platform
import RedisClient
import WorkerRuntime

/// `coursework dev`: everything at once, for development.
struct DevCommand: Command {
    static let name = "dev"
    static let summary = "run everything here and now, on private servers in one folder"
    static let help = """
        Runs a private redis-server, a private PostgreSQL with all its tables and the workers of all
        pools, with all their data in one folder. Nothing listens on a port. Prints `ready` once jobs
        are taken.

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
        try await servers.run { redis, supervisor in
            // For people; standard output says only what scripts wait for.
            if Terminal.isInteractive { Terminal.print("In another terminal:  . \(folder)/env") }
            Terminal.print("ready")
            Readiness.announce()
            guard exitWhenIdle else { return }
            let client = RedisClient(redis.configuration, name: "coursework-dev", loop: loop)
            await waitUntilIdle(client, on: loop)
            client.close()
            supervisor.drain()
        }
    }

    /// Idle at two looks in a row: between them no job was on its way from one state to another.
    private func waitUntilIdle(_ client: RedisClient, on loop: EventLoop) async {
        var idleLooks = 0
        while idleLooks < 2 {
            await loop.sleep(for: .milliseconds(200))
            idleLooks = await isIdle(client) ? idleLooks + 1 : 0
        }
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
