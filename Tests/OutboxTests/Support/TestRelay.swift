import Outbox
import Platform
import PostgresClient
import RedisClient
import TestSupport

/// A relay that runs, and what came of it.
struct TestRelay: Sendable {
    let relay: OutboxRelay
    let log: CollectedLog
    private let ended = Promise<String?>()

    /// Starts a relay and waits until it moves rows.
    static func start(
        at site: OutboxSite, redis: RedisConfiguration? = nil, database: PostgresConfiguration? = nil,
        options change: (inout OutboxOptions) -> Void = { _ in }
    ) async throws -> TestRelay {
        let started = make(at: site, redis: redis, database: database, options: change)
        let ready = started.run()
        try await eventually("the relay is ready") { ready.value != nil || started.ended.value != nil }
        return started
    }

    static func make(
        at site: OutboxSite, redis: RedisConfiguration? = nil, database: PostgresConfiguration? = nil,
        options change: (inout OutboxOptions) -> Void = { _ in }
    ) -> TestRelay {
        var options = OutboxOptions(queues: ["q", "other"])
        options.pollEvery = .milliseconds(100)
        options.checkAfter = .milliseconds(200)
        change(&options)
        let log = CollectedLog()
        return TestRelay(
            relay: OutboxRelay(
                options: options, database: database ?? site.database, redis: redis ?? site.redisConfiguration,
                loop: site.loop, logger: log.logger()),
            log: log)
    }

    private init(relay: OutboxRelay, log: CollectedLog) {
        self.relay = relay
        self.log = log
    }

    /// Runs it; the promise comes true when it moves rows.
    func run() -> Promise<Void> {
        let ready = Promise<Void>()
        Task {
            do {
                try await relay.run { ready.complete(with: ()) }
                ended.complete(with: nil)
            } catch {
                ended.complete(with: "\(error)")
            }
        }
        return ready
    }

    /// Drains it and waits for its end.
    /// - Returns: the error it ended with.
    @discardableResult
    func stop() async throws -> String? {
        relay.drain()
        return try await value(of: ended, "the relay ended")
    }

    func logged(_ words: String) -> Bool { log.lines.contains { $0.message.contains(words) } }
}
