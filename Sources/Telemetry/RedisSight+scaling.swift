internal import JobQueue
internal import Jobs

extension RedisSight {
    func workers(of pool: WatchedPool) -> [WorkerRegistry.Entry] {
        (workers ?? []).filter { $0.report?.pool == pool.name }
    }

    /// What the rule of a pool sees. What is paused does not wait for workers.
    func sight(of pool: WatchedPool) -> ScalingRule.Sight {
        var sight = ScalingRule.Sight()
        let live = workers(of: pool).filter { !$0.isSilent }
        sight.workers = live.count
        sight.slots = live.reduce(0) { $0 + ($1.report?.slots ?? 0) }
        sight.busySlots = live.reduce(0) { $0 + ($1.report?.running ?? 0) }
        let waiting = pool.queues.compactMap { queues[$0] }.filter { !$0.isPaused }
        sight.ready = waiting.reduce(0) { $0 + $1.ready }
        sight.wait = .milliseconds(waiting.map(\.oldestReadyMilliseconds).max() ?? 0)
        return sight
    }
}
