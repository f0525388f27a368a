import Jobs
import Schedules

extension Configuration {
    /// What must hold between settings. A comparison is skipped when one of its sides is already found wrong, so that
    /// one mistake is reported once.
    func check(_ findings: Findings) {
        checkLease(findings)
        checkOutbox(findings)
        checkQueuesAreDeclared(findings)
        checkQueuesAreServed(findings)
        for schedule in schedules.values { check(schedule, findings) }
    }

    private func checkLease(_ findings: Findings) {
        checkLease("renewEvery", lease.renewEvery, most: lease.duration / 3, "a third of the lease", findings)
        checkLease("rescueEvery", lease.rescueEvery, most: lease.duration, "the lease", findings)
    }

    private func checkLease(_ key: String, _ value: Duration, most: Duration, _ title: String, _ findings: Findings) {
        let paths = (key: ["lease", key], lease: ["lease", "duration"])
        guard value > most, findings.areSound(paths.key, paths.lease) else { return }
        let (value, most) = (DurationText.format(value), DurationText.format(most))
        let message = "'\(key)' is \(value), longer than \(title); write \"\(most)\" or less, or a longer 'duration'."
        findings.add(message, at: paths.key, or: paths.lease)
    }

    private func checkOutbox(_ findings: Findings) {
        let paths = (after: ["outbox", "checkAfter"], least: ["outbox", "checkAtLeastEvery"])
        guard outbox.checkAfter > outbox.checkAtLeastEvery, findings.areSound(paths.after, paths.least) else { return }
        let most = DurationText.format(outbox.checkAtLeastEvery)
        let message = """
            'checkAfter' is \(DurationText.format(outbox.checkAfter)), longer than 'checkAtLeastEvery'; \
            write "\(most)" or less.
            """
        findings.add(message, at: paths.after, or: paths.least)
    }

    private func checkQueuesAreDeclared(_ findings: Findings) {
        guard findings.areSound(["queues"]) else { return }
        for (name, pool) in pools where findings.areSound(["pools", name, "queues"]) {
            for (index, queue) in pool.queues.enumerated() where !queues.contains(queue) {
                let remedy = Names(queues.map(\.name)).suggestion(for: queue.name) ?? "add it to 'queues'."
                let message = "pool '\(name)' serves '\(queue)', which 'queues' does not declare; \(remedy)"
                findings.add(message, at: ["pools", name, "queues", "\(index)"], or: ["queues"])
            }
        }
    }

    private func checkQueuesAreServed(_ findings: Findings) {
        let lists = pools.keys.map { ["pools", $0, "queues"] }
        guard !pools.isEmpty, findings.areSound(["queues"]), lists.allSatisfy({ findings.areSound($0) }) else { return }
        let served = Set(pools.values.flatMap(\.queues))
        for (index, queue) in queues.enumerated() where !served.contains(queue) {
            let message = "no pool serves '\(queue)'; add it to the queues of a pool, or remove it from 'queues'."
            findings.add(message, at: ["queues", "\(index)"], or: ["pools"])
        }
    }

    private func check(_ schedule: Schedule, _ findings: Findings) {
        let path = ["schedules", schedule.name]
        if findings.areSound(["queues"]), !queues.contains(schedule.queue) {
            let remedy = Names(queues.map(\.name)).suggestion(for: schedule.queue.name) ?? "add it to 'queues'."
            let message =
                "the queue of this schedule is '\(schedule.queue)', which 'queues' does not declare; \(remedy)"
            findings.add(message, at: path + ["queue"], or: path)
        }
        if schedule.args.count > tolerance.argsBytes {
            let sizes = "'args' has \(schedule.args.count) bytes of JSON, and workers take \(tolerance.argsBytes)"
            findings.add("\(sizes); shorten it, or raise 'tolerance.argsBytes'.", at: path + ["args"], or: path)
        }
    }

    mutating func warn() {
        if redis.urlHoldsPassword { warnOfPassword(in: "redis", "REDIS_URL") }
        if database.urlHoldsPassword { warnOfPassword(in: "database", "DATABASE_URL") }
    }

    private mutating func warnOfPassword(in section: String, _ variable: String) {
        let place = source.place(of: [section, "url"])
        let what = "'\(section).url' holds a password that readers of this file see"
        warnings.append("\(place): \(what); use 'passwordFile' or \(variable).")
    }
}
