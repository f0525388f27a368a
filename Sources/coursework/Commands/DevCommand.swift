import Configuration
import HTTPServer
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
    static let actions: [String: [String]] = [:]
    static let help = """
        Runs a private redis-server, a private PostgreSQL with all its tables, a relay, the workers of
        all pools and an HTTP server for this machine alone, with all their data in one folder. Prints
        the server's address, and `ready` once jobs are taken.

        Usage: coursework dev [--data DIR] [--port N] [--diagnostics] [--exit-when-idle] [--config FILE]

          --data DIR          the folder (default: data); DIR/env is for a shell to source, DIR/mail holds
                              mail when SMTP_URL is not set, DIR/redis the queues, DIR/postgres the
                              database
          --port N            where the server listens on 127.0.0.1 (default: the port of server.listen,
                              or any when that is taken; 0: any)
          --diagnostics       also know the jobs diagnostics.noop, .sleep, .fail, .crash and others
          --exit-when-idle    end when no job waits, runs or is scheduled any more

        In another terminal:  . data/env && coursework queues --watch
        """

    private let setup: Setup
    private let folder: String
    private let port: UInt16?
    private let diagnostics: Bool
    private let exitWhenIdle: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        folder = try arguments.option("--data") ?? "data"
        port = try arguments.option("--port").map { text in
            guard let port = UInt16(text) else {
                throw CommandFailure(.usage, "--port must be a number from 0 to 65535.")
            }
            return port
        }
        diagnostics = arguments.flag("--diagnostics")
        exitWhenIdle = arguments.flag("--exit-when-idle")
    }

    func run() async throws {
        let loop = try EventLoop()
        let listen = ListenAddress(
            host: "127.0.0.1",
            port: try ListeningPort.choose(port, orAnyInsteadOf: setup.configuration.server.listen.port))
        let servers = DevServers(
            setup: setup, folder: folder, diagnostics: diagnostics, loop: loop, listen: listen)
        try await servers.run { servers, supervisor in
            Terminal.print("http://\(listen)")
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
