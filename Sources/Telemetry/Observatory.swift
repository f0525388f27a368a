internal import Jobs
package import Platform
package import PostgresClient
package import RedisClient

/// Looks at everything once a second at most, however many ask.
package actor Observatory {
    private static let validity = Duration.seconds(1)
    /// Whoever scrapes gives up sooner or later; what is known by then is worth more than all of it too late.
    private static let patience = Duration.seconds(2)

    package nonisolated let watched: Watched
    private let redis: RedisEyes
    private let outbox: OutboxEyes?
    private let loop: EventLoop
    private var looked: MonotonicTime?
    private var sight: Task<Sight, Never>?
    /// Asking a database that hangs has no end of its own: one question at a time.
    private var isAskingDatabase = false

    /// - Parameters:
    ///   - redis: with a command timeout of at most two seconds; nobody else's commands stand before ours on it.
    ///   - database: nil where there is none.
    package init(watched: Watched, redis: RedisClient, database: PostgresClient?, loop: EventLoop) {
        self.watched = watched
        self.redis = RedisEyes(client: redis, watched: watched)
        outbox = database.map { OutboxEyes(database: $0, queues: watched.queues) }
        self.loop = loop
    }

    func look() async -> Sight {
        if let sight, let looked, looked + Self.validity > .now { return await sight.value }
        let sight = Task { await lookAnew() }
        (looked, self.sight) = (.now, sight)
        return await sight.value
    }

    private func lookAnew() async -> Sight {
        async let outbox = lookAtOutbox()
        return Sight(redis: await redis.look(), outbox: await outbox)
    }

    private func lookAtOutbox() async -> OutboxSight? {
        guard let outbox else { return nil }
        guard !isAskingDatabase else { return OutboxSight() }
        isAskingDatabase = true
        let answer = Promise<OutboxSight>()
        Task {
            answer.complete(with: await outbox.look())
            isAskingDatabase = false
        }
        let timer = loop.schedule(at: .now + Self.patience) { answer.complete(with: OutboxSight()) }
        defer { loop.cancel(timer) }
        return await answer.wait()
    }
}

extension Observatory {
    /// What the rule of each pool sees, by the pool's name; nil while Redis does not answer.
    package func scalingSights() async -> [String: ScalingRule.Sight]? {
        let redis = await look().redis
        guard redis.isUp else { return nil }
        return Dictionary(
            watched.pools.map { ($0.name, redis.sight(of: $0)) }, uniquingKeysWith: { first, _ in first })
    }
}
