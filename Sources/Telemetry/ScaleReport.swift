internal import Jobs

/// What an autoscaler is told: `pools.main.wanted` is the number that it needs.
struct ScaleReport: Encodable {
    struct Pool: Encodable {
        let queues: [String]
        let workers: Int
        let min: Int
        let max: Int
        let ready: Int
        let wait: Double
        let target: Double
        let wanted: Int

        enum CodingKeys: String, CodingKey {
            case queues, workers, min, max, ready, wanted
            case wait = "wait_seconds"
            case target = "target_seconds"
        }
    }

    let pools: [String: Pool]

    init(_ redis: RedisSight, _ watched: Watched) {
        let pools = watched.pools.map { pool in
            let sight = redis.sight(of: pool)
            return (
                pool.name,
                Pool(
                    queues: pool.queues.map(\.name), workers: sight.workers, min: pool.rule.least, max: pool.rule.most,
                    ready: sight.ready, wait: sight.wait.seconds, target: pool.rule.target.seconds,
                    wanted: pool.rule.workersWanted(sight))
            )
        }
        self.pools = Dictionary(pools, uniquingKeysWith: { first, _ in first })
    }
}
