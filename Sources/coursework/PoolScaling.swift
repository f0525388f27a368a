import Jobs
import Logging
import Platform
import RedisClient
import Synchronization
import Telemetry
import WorkerRuntime

/// Has a supervisor keep as many workers of each pool as the pool's rule wants: the one of `/v1/scale`.
final class PoolScaling: Sendable {
    private static let lookEvery = Duration.seconds(5)

    private let supervisor: Supervisor
    private let loop: EventLoop
    private let logger: Logger
    private let redis: RedisClient
    private let observatory: Observatory
    private let pools: [WatchedPool]
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(setup: Setup, supervisor: Supervisor, loop: EventLoop) throws {
        let watched = Watched(setup.configuration)
        self.supervisor = supervisor
        self.loop = loop
        logger = setup.logger
        redis = RedisClient(try setup.impatient.signingIn(as: .metrics).redis, name: "coursework-scaling", loop: loop)
        observatory = Observatory(watched: watched, redis: redis, database: nil, loop: loop)
        pools = watched.pools.filter { $0.rule.most > $0.rule.least }
    }

    /// Where no pool may grow, nothing is looked at.
    func start() {
        guard !pools.isEmpty else { return }
        let running = Task(executorPreference: loop) { await self.run() }
        task.withLock { $0 = running }
    }

    func close() {
        task.withLock { $0?.cancel() }
        redis.close()
    }

    private func run() async {
        var scalers = pools.map { PoolScaler($0.rule) }
        while !Task.isCancelled {
            await loop.sleep(for: Self.lookEvery)
            // While Redis is away nobody knows what waits: everything stays as it is.
            guard let sights = await observatory.scalingSights(), !Task.isCancelled else { continue }
            for index in pools.indices {
                guard let sight = sights[pools[index].name] else { continue }
                await apply(&scalers[index], sight, pools[index])
            }
        }
    }

    private func apply(_ scaler: inout PoolScaler, _ sight: ScalingRule.Sight, _ pool: WatchedPool) async {
        let before = scaler.processes
        scaler.note(sight, at: .now)
        guard scaler.processes != before else { return }
        logger.notice(
            scaler.processes > before ? "jobs wait too long: more workers" : "less waits: fewer workers",
            [
                ("pool", .string(pool.name)), ("processes", .integer(scaler.processes)),
                ("wait_ms", .integer(Int(sight.wait.milliseconds))),
            ])
        await supervisor.want(scaler.processes - pool.rule.least, of: pool.name)
    }
}
