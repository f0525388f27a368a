internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// The end: finish what can be finished in time, hand back what cannot, forget nothing. All of it is over a few seconds
/// after the drain time, also when Redis does not answer any more.
extension Worker {
    /// How long a cancelled handler may take to notice, and each of the last words to Redis.
    private static let grace = Duration.seconds(1)

    /// Takes nothing new, and hands back what no slot has begun.
    func stopClaiming() {
        // Nobody waits for a backlog any more.
        setBacklog(true)
        logger.notice("draining", [("running", .integer(pool.runningJobs.count)), ("held", .integer(held.count))])
        endWaitingClaims()
        for job in pool.removeWaiting() { end(job, .release) }
        solo?.drain()
        lastJobWaiter.take()?.complete(with: ())
    }

    /// Waits until no slot runs a job, or the drain time is over; then cancels what still runs.
    func finishRunningJobs() async {
        let deadline = (drainRequest.begun ?? .now) + options.drain
        while pool.isBusy, MonotonicTime.now < deadline, !drainRequest.isHurried {
            await loop.sleep(for: .milliseconds(10))
        }
        for job in pool.runningJobs { pool.cancel(job, because: .drain) }
        // Beside one that hangs nobody is waited for: its retry may begin elsewhere.
        let end = MonotonicTime.now + (failure == nil ? Self.grace : Self.grace / 4)
        while pool.runningJobs.contains(where: { !$0.isEnded }), MonotonicTime.now < end {
            await loop.sleep(for: .milliseconds(5))
        }
        pool.close()
    }

    /// What did not stop in its grace is handed back too: this process ends now, and the handler with it.
    func handBackTheRest() {
        for job in pool.removeWaiting() { end(job, .release) }
        for job in pool.runningJobs {
            job.killAll()
            end(job, runner.disposition(ofCancelled: job))
        }
    }

    /// Waits for the claims under way: jobs they bring are handed back too.
    func finishClaims(_ claiming: Task<Void, Never>) async {
        await within(Self.grace, orElse: closeClaimers) { await claiming.value }
        for job in pool.removeWaiting() { end(job, .release) }
    }

    func finishRecording(_ recording: Task<Void, Never>) async {
        recordUntil = .now + Self.grace
        ended.close()
        await within(Self.grace, orElse: client.close) { await recording.value }
    }

    func leave() async {
        // A Redis that is away is not waited for: its workers forget us by themselves.
        if redisTrouble == nil, Protection.release.isOn {
            await within(Self.grace, orElse: client.close) {
                // All is sent before anything is waited for.
                async let forgotten: Void? = try? WorkerRegistry(client: self.client).remove(self.id)
                async let told: Void = self.tellCounts()
                for queue in self.queues { _ = try? await queue.leave(self.id) }
                _ = await forgotten
                await told
            }
        }
        client.close()
        closeClaimers()
        await finishSolo()
    }

    /// Gives something its time; then closes the connections that it waits for, so that it ends.
    private func within(
        _ time: Duration, orElse close: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async {
        let timer = loop.schedule(at: .now + time, close)
        await body()
        loop.cancel(timer)
    }
}
