internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// What goes on beside the jobs.
extension Worker {
    /// Workers silent for so long, and without jobs, are forgotten.
    private static let forgetAfter = Duration.seconds(600)

    func perform(_ duty: Duty) async {
        var wait = duty.firstWait
        while !Task.isCancelled {
            await loop.sleep(for: duty.isPunctual ? wait : untilBeat(every: wait))
            guard !Task.isCancelled else { return }
            let begun = MonotonicTime.now
            do throws(RedisError) {
                wait = min(duty.interval, try await once(duty.work) ?? duty.interval)
                dutySuccesses[duty.work] = .now
                // As good as away: leases ran out meanwhile.
                if MonotonicTime.now.since(begun) > options.lease / 2 { lastTrouble = .now }
            } catch {
                wait = duty.waitAfterFailure
                note(error, in: duty.work)
            }
        }
    }

    /// Duties of one worker fall together, so that Redis wakes up once for all of them; those of a fleet do not.
    private func untilBeat(every interval: Duration) -> Duration {
        let beat = max(interval.seconds, 0.001)
        let left = beat - MonotonicTime.now.since(beatBegan).seconds.truncatingRemainder(dividingBy: beat)
        return .seconds(left < beat / 10 ? left + beat : left)
    }

    /// The claiming loop tells of outages; what else is wrong is told here, once. The next tick tries again.
    private func note(_ error: RedisError, in work: Duty.Work) {
        if error.isTransient {
            lastTrouble = .now
            logger.debug("\(work) failed: \(error.message)")
        } else if error.code != .closed, complaints.updateValue(error.code, forKey: work) != error.code {
            logger.error("The worker cannot \(work.description): \(error.message)")
        }
    }

    /// - Returns: when to do it again, if that is sooner than the duty's interval.
    private func once(_ work: Duty.Work) async throws(RedisError) -> Duration? {
        switch work {
        case .renewLeases: if Protection.renewal.isOn { try await renewLeases() } else { leasesRenewed = .now }
        case .enforceCancellations:
            enforceCancellations()
            return held.count > 0 ? .milliseconds(100) : nil
        case .promote: try await promote()
        case .rescue: if Protection.rescue.isOn { try await rescue() }
        case .checkLibrary: try await checkLibrary()
        case .heedControls: try await heedControls()
        case .announce: try await announce()
        case .forgetWorkers:
            try await eachQueue { index, queue throws(RedisError) in
                _ = try await queue.forgetWorkers(silentFor: Self.forgetAfter)
                try await queue.sweepLimits()
                try await self.reviewLimits(of: index)
                try await queue.forgetBatches()
            }
        case .fireSchedules: return try await fireSchedules()
        case .expireDeadLetters: try await expireDeadLetters()
        }
        return nil
    }

    /// In small portions, so that jobs come between them.
    private func expireDeadLetters() async throws(RedisError) {
        guard let age = options.keepDeadLettersFor else { return }
        try await eachQueue { index, queue throws(RedisError) in
            var deleted = 0
            while !Task.isCancelled, case let count = try await queue.deleteDeadLetters(olderThan: age), count > 0 {
                deleted += count
            }
            guard deleted > 0 else { return }
            self.logger.notice(
                "deleted old dead letters",
                [("queue", .string(self.options.queues[index].name)), ("count", .integer(deleted))])
        }
    }

    /// One round trip for all jobs of all queues.
    private func renewLeases() async throws(RedisError) {
        let begun = MonotonicTime.now
        var renewal = LeaseRenewal(by: id)
        var parts: [(queue: Int, jobs: ArraySlice<ActiveJob>)] = []
        let held = held.all
        let handedBack = unsure
        unsure = []
        for (index, queue) in queues.enumerated() where broken[index] == nil {
            let all = held.filter { $0.claim.queue == index }
            let mine = all.filter { $0.cancellation != .lost }
            if mine.isEmpty, !handedBack.contains(index) { continue }
            for part in stride(from: 0, to: max(1, mine.count), by: JobQueue.entriesACall) {
                let jobs = mine[part..<min(mine.count, part + JobQueue.entriesACall)]
                renewal.add(jobs.map(\.job.entry), handings: jobs.count == all.count ? handings[index] : nil, of: queue)
                parts.append((index, jobs))
            }
        }
        guard !parts.isEmpty else { return leasesRenewed = begun }
        let answers: [Result<[String], RedisError>]
        do throws(RedisError) { answers = try await renewal.send(through: client) } catch {
            unsure.formUnion(handedBack)
            throw error
        }
        var failure: RedisError?
        for (part, answer) in zip(parts, answers) {
            do throws(RedisError) { lose(Set(try answer.get()), of: part.jobs) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        leasesRenewed = begun
    }

    private func lose(_ entries: Set<String>, of jobs: ArraySlice<ActiveJob>) {
        guard !entries.isEmpty else { return }
        for job in jobs where !job.isEnded && entries.contains(job.entryText) { lose(job) }
    }

    /// Another worker has the job: what this one still does for it counts for nothing, and its child processes would
    /// only be in the other's way.
    func lose(_ job: ActiveJob) {
        logger.warning("The lease of a job ran out and another worker has it", job.logFields)
        guard Protection.cancelLost.isOn else { return }
        pool.cancel(job, because: .lost)
        job.killAll()
    }

    private func checkLibrary() async throws(RedisError) {
        do {
            try await FunctionLibrary(client: client).ensure()
        } catch let error as RedisError {
            throw error
        } catch {
            // What the functions mean now is not known here, so not one of them is called again.
            stop(because: error)
            client.close()
            closeClaimers()
        }
    }

    private func promote() async throws(RedisError) {
        var next: Duration?
        try await eachQueue { index, queue throws(RedisError) in
            while true {
                let promotion = try await queue.promote()
                if promotion.opensGates { self.admissionsDue.insert(index) }
                if promotion.leavesWork { await self.carryOver(from: queue) }
                if let due = promotion.nextDue { next = min(next ?? due, due) }
                if promotion.count < JobQueue.entriesACall { break }
            }
        }
        if let next { promoteSoon(in: next) }
    }

    /// A retry that is due before the next tick is not made to wait for it.
    func promoteSoon(after disposition: Disposition) {
        switch disposition {
        case .retry(let wait, _, _): promoteSoon(in: wait)
        case .snooze(let wait): promoteSoon(in: wait)
        case .complete, .discard, .cancel, .expire, .bury, .awaitType, .block, .release, .drop: return
        }
    }

    /// What is due before the next tick is not made to wait for it. One promotion leads to the next.
    func promoteSoon(in delay: Duration) {
        let delay = max(delay, .milliseconds(5))
        let due = MonotonicTime.now + delay
        guard delay < options.rescueEvery, due < nextPromotion else { return }
        nextPromotion = due
        Task(executorPreference: loop) { await self.promoteOnce(in: delay, due: due) }
    }

    private func promoteOnce(in delay: Duration, due: MonotonicTime) async {
        await loop.sleep(for: delay)
        // Another that was due sooner took its place, and leads on.
        guard nextPromotion == due else { return }
        nextPromotion = .distantFuture
        try? await promote()
    }

    /// One at a time for each queue: what is left meanwhile is carried by the one under way. What cannot be carried over
    /// now is the next promotion's.
    func carryOver(from queue: JobQueue) async {
        guard carrying.updateValue(true, forKey: queue.name) == nil else { return }
        while carrying[queue.name] == true {
            carrying[queue.name] = false
            do throws(RedisError) { try await queue.carryOver() } catch {
                note(error, in: .promote)
            }
        }
        carrying[queue.name] = nil
    }

    /// Takes over what lost its worker, into free slots now; what finds none is taken before anything new is claimed.
    private func rescue() async throws(RedisError) {
        rescueDue = Set(queues.indices.filter { !controls[$0].isPaused })
        admissionsDue = rescueDue
        try await eachQueue { index, _ throws(RedisError) in
            while self.rescueDue.contains(index) {
                let room = self.pool.freeSlots
                guard room > 0, !self.drainRequest.hasBegun else { return }
                await self.accept(try await self.rescue(from: index, room: room))
            }
        }
    }

    func rescue(from index: Int, room: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        // What this worker holds and did not renew in time is its own to renew, not to rescue. The same holds for all others
        // after Redis was away: they get the time to come back and renew. So the question is sent soon, or not at all.
        let now = MonotonicTime.now
        guard now.since(leasesRenewed) < options.lease, now.since(lastTrouble) > options.renewEvery * 2 else {
            rescueDue.remove(index)
            return []
        }
        let rescue = try await queues[index].rescue(
            for: id, lease: options.lease, limit: room, suspects: makeSolo == nil ? .with : .without,
            tolerance: options.tolerance, deadline: now + max(options.lease / 3, .seconds(1)))
        if rescue.jobs.count < room { rescueDue.remove(index) }
        if rescue.isTurnForSuspects { seeToSuspects() }
        return withoutRunning(rescue.jobs, in: index).map { JobClaimer.Claim(queue: index, job: $0) }
    }

    /// A job that came back to this worker while its earlier run goes on is held again, and not run a second time.
    private func withoutRunning(_ rescued: [ClaimedJob], in queue: Int) -> [ClaimedJob] {
        guard !rescued.isEmpty else { return [] }
        let running = held.all.filter { $0.claim.queue == queue && $0.cancellation != .lost && !$0.isHandedBack }
        let entries = Set(running.map { Array($0.job.entry) })
        return rescued.filter { !entries.contains(Array($0.entry)) }
    }

    /// What is wrong with one queue must not keep the others from being looked after.
    private func eachQueue(
        _ body: (Int, JobQueue) async throws(RedisError) -> Void
    ) async throws(RedisError) {
        var failure: RedisError?
        for (index, queue) in queues.enumerated() where broken[index] == nil && !Task.isCancelled {
            do throws(RedisError) { try await body(index, queue) } catch {
                if error.code == .wrongType { quarantine(index) } else { failure = failure ?? error }
            }
        }
        if let failure { throw failure }
    }
}
