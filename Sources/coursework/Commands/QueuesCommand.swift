import JobQueue
import Jobs
import Platform
import RedisClient
import Reports

/// `coursework queues`: what waits, runs and died.
struct QueuesCommand: Command {
    static let name = "queues"
    static let goesThroughServers = true
    static let summary = "show what waits, runs and died, per queue"
    static let actions: [String: [String]] = [:]
    static let help = """
        Shows every queue of the configuration: jobs ready, active, scheduled, retrying, blocked (their
        type is paused or a limit is reached) and dead, and how long the oldest ready job has waited.

        Usage: coursework queues [--json | --watch] [--config FILE]

          --json     print one JSON object: {"emails":{"ready":0,…,"oldest_ready_ms":0,"paused":false},…}
          --watch    a live screen: depth, wait, jobs done and failed a second, the last minutes as bars,
                     and the workers, until Ctrl-C or q. Colours unless NO_COLOR is set. While Redis is
                     away it says so, and goes on by itself. Where the output is no terminal, a table
                     each second
        """

    private let setup: Setup
    private let json: Bool
    private let watch: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
        watch = arguments.flag("--watch")
    }

    func run() async throws {
        guard !watch else { return try await keepShowing() }
        let rows = try await setup.withControl(Self.name) { control, _ in try await control.queues() }
        Terminal.print(json ? JSONText.of(Dictionary(uniqueKeysWithValues: rows)) : QueueTable.text(rows))
    }

    /// Redis need not be there, now or later.
    private func keepShowing() async throws {
        try await setup.withRedis(Self.name, functions: false) { client, loop in
            let overview = QueueOverview(queues: setup.configuration.queues, client: client)
            try await QueueWatch(on: loop) {
                (try await overview.rows(), try await WorkerRegistry(client: client).workers().map(WorkerRow.init))
            }.run()
        }
    }
}
