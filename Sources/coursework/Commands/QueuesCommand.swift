import FoundationEssentials
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
          --watch    show it again every second, with rates, until Ctrl-C
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
        guard watch else { return try await show() }
        try await setup.withRedis(Self.name) { client, loop in
            try await keepShowing(QueueOverview(queues: setup.configuration.queues, client: client), on: loop)
        }
    }

    private func show() async throws {
        let rows = try await setup.withControl(Self.name) { control, _ in try await control.queues() }
        Terminal.print(json ? JSONText.of(Dictionary(uniqueKeysWithValues: rows)) : QueueTable.text(rows))
    }

    private func keepShowing(_ overview: QueueOverview, on loop: EventLoop) async throws {
        let ended = Promise<Void>()
        try Lifetime.watch(on: loop, drain: { ended.complete(with: ()) }, hurry: {})
        var before: [String: QueueReport] = [:]
        while ended.value == nil {
            let rows = try await overview.rows()
            Terminal.print("\u{1B}[H\u{1B}[2J" + QueueTable.text(rows, before: before))
            before = Dictionary(uniqueKeysWithValues: rows)
            await loop.sleep(for: .seconds(1))
        }
    }
}
