import Logging
import Outbox
import Platform

/// `coursework relay`: moves the outbox to Redis.
struct RelayCommand: Command {
    static let name = "relay"
    static let summary = "move jobs from the database's outbox to Redis"
    static let actions: [String: [String]] = [:]
    static let help = """
        Moves the rows of the table coursework.outbox to Redis as jobs, each once, and has those enqueued
        again that Redis loses, until it is told to stop. Several may run at once.

        Usage: coursework relay [--config FILE]

        It needs DATABASE_URL (or database.url in the configuration) and the tables of coursework migrate.
        SIGTERM or Ctrl-C: the batch under way is finished.
        """

    private let setup: Setup

    init(_ arguments: inout Arguments) throws { setup = try Setup(&arguments).signingIn(as: .relay) }

    func run() async throws {
        guard let database = try setup.database else {
            throw CommandFailure(
                .configuration, "No database is configured: set DATABASE_URL, or database.url in the configuration.")
        }
        let loop = try EventLoop()
        let relay = OutboxRelay(
            options: options, database: database, redis: try setup.redis, loop: loop, logger: setup.logger)
        try Lifetime.watch(on: loop, drain: { relay.drain() }, hurry: {})
        try Orphan.endWithParent(on: loop) { relay.drain() }
        try await relay.run { Readiness.announce() }
        Readiness.announceStopping()
    }

    private var options: OutboxOptions {
        let configuration = setup.configuration
        var options = OutboxOptions(queues: configuration.queues)
        options.batch = configuration.outbox.batch
        options.pollEvery = configuration.outbox.pollEvery
        options.checkAfter = configuration.outbox.checkAfter
        options.checkAtLeastEvery = configuration.outbox.checkAtLeastEvery
        options.retention = configuration.outbox.retention
        options.effectRetention = configuration.database.effectRetention
        options.argsBytesLimit = configuration.tolerance.argsBytes
        return options
    }
}
