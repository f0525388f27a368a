internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// What goes on beside the jobs.
extension Worker {
    /// Jobs that wait here this long while every slot is busy are handed back.
    private static let stale = Duration.milliseconds(500)
    /// Workers silent for so long, and without jobs, are forgotten.
    private static let forgetAfter = Duration.seconds(600)

    func perform(_ duty: Duty) async {
        var wait = duty.interval
        while !Task.isCancelled {
            // A tenth more or less, so that the workers of a fleet do not ask all at once.
            await loop.sleep(for: wait * Double.random(in: 0.9...1.1))
            guard !Task.isCancelled else { return }
            do throws(RedisError) {
                wait = min(duty.interval, try await once(duty.work) ?? duty.interval)
            } catch {
                wait = duty.interval
                // The claiming loop tells of outages; here the next tick tries again.
                logger.debug("\(duty.work) failed: \(error.message)")
            }
        }
    }

    /// - Returns: when to do it again, if that is sooner than the duty's interval.
    private func once(_ work: Duty.Work) async throws(RedisError) -> Duration? {
        switch work {
        case .renewLeases: if Protection.renewal.isOn { try await renewLeases() } else { leasesRenewed = .now }
        case .enforceDeadlines: enforceDeadlines()
        case .promote: return try await promote()
        case .rescue: if Protection.rescue.isOn { try await rescue() }
        case .forgetWorkers:
            try await eachQueue { _, queue throws(RedisError) in
                _ = try await queue.forgetWorkers(silentFor: Self.forgetAfter)
            }
        }
        return nil
    }

    private func renewLeases() async throws(RedisError) {
        let begun = MonotonicTime.now
        let jobs = held.all
        try await eachQueue { index, queue throws(RedisError) in
            let all = jobs.filter { $0.claim.queue == index }
            let mine = all.filter { $0.cancellation != .lost }
            for part in stride(from: 0, to: max(1, mine.count), by: JobQueue.entriesACall) {
                let entries = mine[part..<min(mine.count, part + JobQueue.entriesACall)].map(\.job.entry)
                let lost = try await queue.renew(entries, all: entries.count == all.count, by: self.id)
                if !lost.isEmpty { self.lose(Set(lost), of: mine) }
            }
        }
        leasesRenewed = begun
    }

    /// Another worker has these jobs: what this one still does for them counts for nothing.
    private func lose(_ entries: Set<String>, of jobs: [ActiveJob]) {
        for job in jobs where entries.contains(String(decoding: job.job.entry, as: UTF8.self)) {
            logger.warning("The lease of a job ran out and another worker has it", job.logFields)
            pool.cancel(job, because: .lost)
        }
    }

    private func enforceDeadlines() {
        let now = MonotonicTime.now
        for job in pool.runningJobs where job.cancellation == .none {
            guard case .after(let deadline)? = job.registered?.deadline, let started = job.started,
                now.since(started) > deadline
            else { continue }
            logger.warning("A job passed its deadline and is cancelled", job.logFields)
            pool.cancel(job, because: .deadline)
        }
        for job in pool.removeStale(claimedBefore: now - Self.stale) {
            ended.add(job, .release)
        }
    }

    private func promote() async throws(RedisError) -> Duration? {
        var next: Duration?
        try await eachQueue { _, queue throws(RedisError) in
            while true {
                let promotion = try await queue.promote()
                if let due = promotion.nextDue { next = min(next ?? due, due) }
                if promotion.count < JobQueue.entriesACall { break }
            }
        }
        return next.map { max($0, .milliseconds(5)) }
    }

    /// A retry that is due before the next tick is not made to wait for it.
    func promoteSoon(after disposition: Disposition) {
        let delay: Duration
        switch disposition {
        case .retry(let wait, _): delay = wait
        case .snooze(let wait): delay = wait
        case .complete, .discard, .bury, .release, .drop: return
        }
        let due = MonotonicTime.now + delay
        guard delay < options.rescueEvery, due < nextPromotion else { return }
        nextPromotion = due
        Task(executorPreference: loop) { await self.promoteOnce(in: delay) }
    }

    private func promoteOnce(in delay: Duration) async {
        await loop.sleep(for: delay)
        nextPromotion = .distantFuture
        _ = try? await promote()
    }

    /// Takes over what lost its worker, into free slots now; what finds none is taken before anything new is claimed.
    private func rescue() async throws(RedisError) {
        rescueDue = Set(queues.indices)
        try await eachQueue { index, _ throws(RedisError) in
            while self.rescueDue.contains(index) {
                let room = self.pool.freeSlots
                guard room > 0, !self.drainRequest.hasBegun else { return }
                self.accept(try await self.rescue(from: index, room: room))
            }
        }
    }

    func rescue(from index: Int, room: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        // What this worker holds and did not renew in time is its own to renew, not to rescue.
        guard MonotonicTime.now.since(leasesRenewed) < options.lease else {
            rescueDue.remove(index)
            return []
        }
        let jobs = try await queues[index].rescue(
            for: id, lease: options.lease, limit: room, crashLimit: options.crashLimit)
        if jobs.count < room { rescueDue.remove(index) }
        return jobs.map { JobClaimer.Claim(queue: index, job: $0) }
    }

    /// What is wrong with one queue must not keep the others from being looked after.
    private func eachQueue(
        _ body: (Int, JobQueue) async throws(RedisError) -> Void
    ) async throws(RedisError) {
        var failure: RedisError?
        for (index, queue) in queues.enumerated() where broken[index] == nil {
            do throws(RedisError) { try await body(index, queue) } catch {
                if error.code == .wrongType { quarantine(index) } else { failure = failure ?? error }
            }
        }
        if let failure { throw failure }
    }
}
