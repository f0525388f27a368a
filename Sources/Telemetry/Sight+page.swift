internal import JobQueue
internal import Jobs
internal import Metrics
internal import RedisRoles
internal import Schedules

extension Sight {
    /// Everything that is known, as metrics.
    func page(_ watched: Watched) -> MetricPage {
        var page = MetricPage()
        page.add(CourseworkMetrics.buildInfo, watched.version, value: 1)
        redis.add(to: &page, watched)
        outbox?.add(to: &page)
        return page
    }
}

extension RedisSight {
    fileprivate func add(to page: inout MetricPage, _ watched: Watched) {
        addServer(to: &page, watched)
        for queue in watched.queues {
            if let statistics = queues[queue] { add(statistics, of: queue.name, to: &page) }
            if let counts = counts[queue] { add(counts, of: queue.name, to: &page) }
        }
        for pool in watched.pools { page.add(CourseworkMetrics.poolProcesses, pool.name, value: pool.rule.least) }
        if workers != nil { addWorkers(to: &page, watched) }
        addDuties(to: &page)
        for schedule in watched.schedules { add(schedule, to: &page) }
    }

    private func addServer(to page: inout MetricPage, _ watched: Watched) {
        page.add(CourseworkMetrics.redisUp, value: isUp ? 1 : 0)
        if let memory { page.add(CourseworkMetrics.redisMemory, value: memory) }
        if let memoryLimit { page.add(CourseworkMetrics.redisMemoryLimit, value: memoryLimit) }
        if let denials { add(denials: denials, to: &page) }
        guard !counters.isEmpty else { return }
        page.add(CourseworkMetrics.redisRoundTrip, value: CounterName.roundTrips(in: counters))
        for end in ["sent", "dropped"] {
            if let spans = counters[CounterName.spans(end)] {
                page.add(CourseworkMetrics.traceSpans, end, value: spans)
            }
        }
        for queue in watched.queues {
            guard let rows = counters[CounterName.relayed(to: queue)] else { continue }
            page.add(CourseworkMetrics.outboxRelayed, queue.name, value: rows)
        }
    }

    /// Who fails to sign in may have any name.
    private func add(denials: [String: Int], to page: inout MetricPage) {
        let known = RedisRole.allCases.map(\.rawValue) + ["default"]
        for user in known { page.add(CourseworkMetrics.redisDenials, user, value: denials[user] ?? 0) }
        let others = denials.filter { !known.contains($0.key) }.values.reduce(0, +)
        page.add(CourseworkMetrics.redisDenials, CounterStore.otherType, value: others)
    }

    private func add(_ statistics: QueueStatistics, of queue: String, to page: inout MetricPage) {
        let states = [
            ("ready", statistics.ready), ("active", statistics.active), ("scheduled", statistics.scheduled),
            ("retrying", statistics.retrying), ("blocked", statistics.blocked), ("dead", statistics.dead),
            ("outgoing", statistics.outgoing),
        ]
        for (state, jobs) in states { page.add(CourseworkMetrics.queueJobs, queue, state, value: jobs) }
        page.add(CourseworkMetrics.queueOldestReady, queue, value: Double(statistics.oldestReadyMilliseconds) / 1000)
        page.add(
            CourseworkMetrics.queueOldestOutgoing, queue, value: Double(statistics.oldestOutgoingMilliseconds) / 1000)
        page.add(CourseworkMetrics.queuePaused, queue, value: statistics.isPaused ? 1 : 0)
        for (name, count) in statistics.counters.sorted(by: { $0.key < $1.key }) {
            page.add(CourseworkMetrics.queueTransitions, queue, name, value: count)
        }
    }

    private func add(_ counts: [String: JobCounts], of queue: String, to page: inout MetricPage) {
        for (type, counts) in counts.sorted(by: { $0.key < $1.key }) {
            for (outcome, count) in counts.ended.sorted(by: { $0.key < $1.key }) {
                page.add(CourseworkMetrics.jobs, queue, type, outcome, value: count)
            }
            page.add(CourseworkMetrics.jobWait, queue, type, value: counts.waited)
            page.add(CourseworkMetrics.jobRun, queue, type, value: counts.ran)
        }
    }

    private func addWorkers(to page: inout MetricPage, _ watched: Watched) {
        for pool in watched.pools {
            add(workers(of: pool), as: pool.name, to: &page)
            let wanted = pool.rule.workersWanted(sight(of: pool))
            page.add(CourseworkMetrics.poolWorkersWanted, pool.name, value: wanted)
        }
        let known = Set(watched.pools.map(\.name))
        let others = (workers ?? []).filter { !known.contains($0.report?.pool ?? "") }
        if !others.isEmpty { add(others, as: CounterStore.otherType, to: &page) }
        addBreakers(to: &page)
    }

    private func add(_ workers: [WorkerRegistry.Entry], as pool: String, to page: inout MetricPage) {
        let live = workers.filter { !$0.isSilent }
        let reports = live.compactMap(\.report)
        page.add(CourseworkMetrics.workers, pool, value: live.count)
        page.add(CourseworkMetrics.workersSilent, pool, value: workers.count - live.count)
        page.add(CourseworkMetrics.slots, pool, value: reports.reduce(0) { $0 + $1.slots })
        page.add(CourseworkMetrics.slotsBusy, pool, value: reports.reduce(0) { $0 + $1.running })
        page.add(CourseworkMetrics.jobsHeld, pool, value: reports.reduce(0) { $0 + $1.held })
    }

    /// Names of dependencies that are told apart: handlers may make them of data.
    private static let mostBreakers = 100

    private func addBreakers(to page: inout MetricPage) {
        let statuses = (workers ?? []).filter { !$0.isSilent }.flatMap { $0.report?.breakers ?? [] }
        let names = Set(statuses.map(\.name)).sorted().prefix(Self.mostBreakers)
        for name in names {
            for state in CircuitBreaker.State.allCases {
                let count = statuses.count { $0.name == name && $0.state == state }
                page.add(CourseworkMetrics.breakers, name, state.rawValue, value: count)
            }
        }
    }

    private func addDuties(to page: inout MetricPage) {
        for (duty, milliseconds) in duties.sorted(by: { $0.key < $1.key }) {
            page.add(CourseworkMetrics.dutySuccess, duty, value: Double(milliseconds) / 1000)
        }
    }

    private func add(_ schedule: Schedule, to page: inout MetricPage) {
        guard let progress = schedules[schedule.queue]?[schedule.name], let now else { return }
        page.add(CourseworkMetrics.schedulePaused, schedule.name, value: progress.isPaused ? 1 : 0)
        if let fired = progress.lastFired {
            page.add(CourseworkMetrics.scheduleFired, schedule.name, value: fired.seconds)
        }
        guard let overdue = progress.overdue(schedule, at: UnixTime(milliseconds: now)) else { return }
        page.add(CourseworkMetrics.scheduleOverdue, schedule.name, value: overdue.seconds)
    }
}

extension OutboxSight {
    fileprivate func add(to page: inout MetricPage) {
        page.add(CourseworkMetrics.databaseUp, value: isUp ? 1 : 0)
        for queue in queues {
            page.add(CourseworkMetrics.outboxRows, queue.name, value: queue.rows)
            page.add(CourseworkMetrics.outboxOldest, queue.name, value: queue.oldestSeconds)
        }
        if let refused { page.add(CourseworkMetrics.outboxRefused, value: refused) }
    }
}
