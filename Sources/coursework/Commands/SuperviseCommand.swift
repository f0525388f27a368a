import Platform
import WorkerRuntime

/// `coursework supervise`: all pools.
struct SuperviseCommand: Command {
    static let name = "supervise"
    static let summary = "keep the worker processes of all pools running, a relay and a server"
    static let actions: [String: [String]] = [:]
    static let help = """
        Starts the worker processes of every pool in the configuration, a relay where a database is
        configured and an HTTP server where server.publicURL is set, and starts again those that end.
        A pool whose jobs wait longer than its targetWait gets more processes, up to its mostProcesses.

        Usage: coursework supervise [--diagnostics] [--config FILE]

        A worker that ends before it is ready gets five tries a minute, then everything stops with exit
        code 1. SIGTERM or Ctrl-C drains all workers; a second signal hurries them.
        Under systemd, coursework-worker@POOL.service does this job for one pool.
        """

    private let setup: Setup
    private let diagnostics: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).signingIn(as: .worker)
        diagnostics = arguments.flag("--diagnostics")
    }

    func run() async throws {
        try setup.checkJobs(diagnostics: diagnostics)
        try await setup.withRedis(Self.name, functions: false) { client, loop in
            let supervisor = Supervisor(
                members: PoolMembers(setup: setup, diagnostics: diagnostics).all, loop: loop, logger: setup.logger,
                handOver: HandOver(queues: setup.configuration.queues, client: client, logger: setup.logger))
            try Lifetime.watch(on: loop, drain: { supervisor.drain() }, hurry: { supervisor.hurry() })
            let scaling = try PoolScaling(setup: setup, supervisor: supervisor, loop: loop)
            defer { scaling.close() }
            try await supervisor.run {
                Readiness.announce()
                scaling.start()
            }
        }
        Readiness.announceStopping()
    }
}
