internal import Jobs
internal import Platform

/// What happens to a job that must stop: it is asked to, then its child processes are killed, then this process ends.
extension Worker {
    /// From its cancellation, how long a job's child processes may live on, and how long its handler.
    private static let killAfter = Duration.milliseconds(750)
    private static let hangAfter = Duration.milliseconds(1500)
    /// Jobs that wait here this long while every slot is busy are handed back.
    private static let stale = Duration.milliseconds(500)

    func enforceCancellations() {
        let now = MonotonicTime.now
        for job in pool.runningJobs {
            guard let cancelled = job.cancelled else {
                enforceDeadline(of: job, now)
                continue
            }
            if now.since(cancelled) > Self.killAfter { job.killAll() }
            if now.since(cancelled) > Self.hangAfter, Protection.hangLimit.isOn { giveUp(on: job) }
        }
        for job in pool.removeStale(claimedBefore: now - Self.stale) { end(job, .release) }
    }

    private func enforceDeadline(of job: ActiveJob, _ now: MonotonicTime) {
        guard Protection.deadline.isOn, case .after(let deadline)? = job.registered?.deadline,
            let started = job.started, now.since(started) > deadline
        else { return }
        logger.warning("A job passed its deadline and is cancelled", job.logFields)
        pool.cancel(job, because: .deadline)
    }

    /// A handler that ignores its cancellation can only be stopped together with its process. The other jobs are handed
    /// back: to them it is an interruption.
    private func giveUp(on job: ActiveJob) {
        // A drain has a clock of its own. Redis is told at the very end, since the next attempt must not begin beside this.
        guard job.cancellation != .drain, failure == nil else { return }
        stop(because: HungHandler(job: job.id))
        hurry()
    }
}

/// A handler that did not stop when it was told to.
struct HungHandler: Error, CustomStringConvertible {
    let job: JobID

    var description: String {
        "The handler of \(job) ignored its cancellation, so this worker ended; its other jobs were handed back."
    }
}
