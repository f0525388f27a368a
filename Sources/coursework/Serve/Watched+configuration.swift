import Configuration
import Telemetry

extension Watched {
    init(_ configuration: Configuration) {
        self.init(
            version: Coursework.version, queues: configuration.queues,
            pools: configuration.pools.sorted { $0.key < $1.key }.map { name, pool in
                WatchedPool(name: name, queues: pool.queues, rule: pool.scalingRule)
            },
            schedules: configuration.schedules.sorted { $0.key < $1.key }.map(\.value))
    }
}

extension PoolSettings {
    var scalingRule: ScalingRule { ScalingRule(least: processes, most: mostProcesses, target: targetWait) }
}
