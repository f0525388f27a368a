internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// The end: finish what can be finished in time, hand back what cannot, forget nothing.
extension Worker {
    /// How long a cancelled handler may take to notice.
    private static let grace = Duration.seconds(1)

    /// Waits until no slot runs a job, or the drain time is over; then cancels what still runs.
    func finishRunningJobs() async {
        let deadline = MonotonicTime.now + options.drain
        while pool.isBusy, MonotonicTime.now < deadline, !drainRequest.isHurried {
            await loop.sleep(for: .milliseconds(10))
        }
        for job in pool.runningJobs { pool.cancel(job, because: .drain) }
        let end = MonotonicTime.now + Self.grace
        while pool.isBusy, MonotonicTime.now < end { await loop.sleep(for: .milliseconds(5)) }
        pool.close()
    }

    /// What did not stop in its grace is handed back too: this process ends now, and the handler with it.
    func handBackTheRest() async {
        recordUntil = .now + Self.grace
        for job in pool.removeWaiting() { ended.add(job, .release) }
        for job in pool.runningJobs { ended.add(job, .release) }
        ended.close()
    }

    func leave() async {
        // A Redis that is away is not waited for: its workers forget us by themselves.
        if redisTrouble == nil { for queue in queues { _ = try? await queue.leave(id) } }
        client.close()
        claimClient.close()
    }
}
