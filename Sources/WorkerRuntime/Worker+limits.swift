internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// Limited jobs ask Redis for their passes before they get a slot; those that are refused wait there, not here.
extension Worker {
    /// One round trip for some dozens of jobs; the lease of each is renewed meanwhile, as for all that is held.
    func enter(_ jobs: [ActiveJob]) async {
        for index in queues.indices {
            let asking = jobs.filter { $0.claim.queue == index }
            for first in stride(from: 0, to: asking.count, by: JobQueue.limitedJobsACall) {
                await enter(asking[first..<min(asking.count, first + JobQueue.limitedJobsACall)], of: index)
            }
        }
    }

    private func enter(_ jobs: ArraySlice<ActiveJob>, of queue: Int) async {
        let limited = jobs.map { (job: $0.job, limits: limits(of: $0)) }
        guard let admissions = await ask(limited, of: queues[queue]) else {
            for job in jobs { end(job, .release) }
            return
        }
        // A rate lets the next one go on when the one before begins.
        if limited.contains(where: { $0.limits.contains { $0.rate != nil } }) { admissionsDue.insert(queue) }
        var entered: [ActiveJob] = []
        for (job, admission) in zip(jobs, admissions.all) {
            if admission == .entered { entered.append(job) } else { forget(job, admission) }
        }
        pool.add(entered.filter(mayBegin))
        if let due = admissions.nextDue { promoteSoon(in: due) }
    }

    /// What cannot be opened has no limits: the job begins, and is put off or buried.
    private func limits(of job: ActiveJob) -> [Limit] {
        guard let args = try? job.openArgs() else { return [] }
        guard job.isSecret else { return job.registered?.limits(of: args) ?? [] }
        return job.registered?.limits(of: args) { vault.fingerprint(of: Array($0.utf8), for: job.typeText) } ?? []
    }

    /// Asks until Redis answers; nil when it does not, or the worker must end. What was asked twice is granted once.
    private func ask(
        _ limited: [(job: ClaimedJob, limits: [Limit])], of queue: JobQueue
    ) async -> JobQueue.Admissions? {
        while true {
            do throws(RedisError) {
                let deadline = MonotonicTime.now + max(options.lease / 3, .seconds(1))
                return try await queue.enter(limited, by: id, deadline: deadline)
            } catch {
                if !error.isTransient { logger.error("Limits could not be asked for: \(error.message)") }
                await noteTrouble(error)
                if !error.isTransient || drainRequest.hasBegun { return nil }
            }
        }
    }

    /// This worker does not hold it any more.
    private func forget(_ job: ActiveJob, _ admission: JobQueue.Admission) {
        guard job.claimEnd() else { return }
        held.remove(job)
        if held.count == 0 { lastJobWaiter.take()?.complete(with: ()) }
        if admission == .blocked { logger.debug("A limit is reached: the job waits", job.logFields) }
    }

    /// Whether the job must ask before it begins. What is not run at all needs no pass.
    func needsPasses(_ job: ActiveJob) -> Bool {
        job.isLimited && (job.isSealed || job.job.args.count <= options.argsBytesLimit) && !runner.isExpired(job.job)
    }

    // MARK: Rules that have changed

    /// Has jobs that wait for limits go by the rules of this worker, which may have been changed since.
    func reviewAllLimits() async throws(RedisError) {
        for index in queues.indices where broken[index] == nil {
            repeat { try await reviewLimits(of: index) } while limitCursors[index] != "0"
        }
    }

    /// Looks at some more of the limits of a queue: while a deployment is under way, workers with other rules change them
    /// back.
    func reviewLimits(of index: Int) async throws(RedisError) {
        let queue = queues[index]
        var cursor = limitCursors[index]
        for status in try await queue.limits(from: &cursor) where status.waiting > 0 {
            guard let type = LimitRule.type(ofKey: status.key), let registered = registry[type] else { continue }
            let limit = registered.limitRule?.limit(ofKey: status.key, for: type)
            guard limit != status.limit else { continue }
            try await queue.redefine(status.key, as: limit)
            promoteSoon(in: .zero)
        }
        limitCursors[index] = cursor
    }
}
