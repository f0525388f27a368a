internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient

/// From the slots back to Redis.
extension Worker {
    /// A batch below this waits a moment for company while jobs keep ending.
    private static let worthSending = 100

    /// Calls under way at once: Redis always has the next one, and what gathers meanwhile makes the batches.
    private static let completionsAtOnce = 3

    /// Runs until ``EndedJobs`` is closed and empty.
    func recordEndedJobs() async {
        await withDiscardingTaskGroup { group in
            while await ended.wait() {
                if ended.count < Self.worthSending, pool.hasWaiting { await loop.sleep(for: pool.recordingPause) }
                while completing >= Self.completionsAtOnce { await completionEnds() }
                record(ended.takeAll(), in: &group)
            }
        }
    }

    private func record(_ batch: [EndedJobs.Ended], in group: inout DiscardingTaskGroup) {
        var completed = Array(repeating: [EndedJobs.Ended](), count: queues.count)
        for item in batch {
            if case .complete = item.disposition, !item.job.endsAlone {
                completed[item.job.claim.queue].append(item)
            } else {
                group.addTask(executorPreference: loop) { await self.recordAlone(item) }
            }
        }
        for (queue, jobs) in completed.enumerated() where !jobs.isEmpty {
            guard jobs.contains(where: \.job.isLimited) else {
                complete(jobs, atOnce: JobQueue.entriesACall, of: queues[queue], in: &group)
                continue
            }
            // Passes that come free let others go on, in the same step.
            complete(
                jobs.filter(\.job.isLimited), atOnce: JobQueue.limitedJobsACall, of: queues[queue], in: &group)
            complete(
                jobs.filter { !$0.job.isLimited }, atOnce: JobQueue.entriesACall, of: queues[queue], in: &group)
        }
    }

    private func complete(
        _ jobs: [EndedJobs.Ended], atOnce most: Int, of queue: JobQueue, in group: inout DiscardingTaskGroup
    ) {
        for part in stride(from: 0, to: jobs.count, by: most) {
            let part = jobs[part..<min(jobs.count, part + most)]
            completing += 1
            group.addTask(executorPreference: loop) { await self.complete(part, of: queue) }
        }
    }

    private func completionEnds() async {
        let ends = Promise<Void>()
        completionWaiter = ends
        await ends.wait()
    }

    private func complete(_ jobs: ArraySlice<EndedJobs.Ended>, of queue: JobQueue) async {
        defer {
            completing -= 1
            completionWaiter.take()?.complete(with: ())
        }
        let claimed = jobs.map(\.job.job)
        let lost = await persist { () throws(RedisError) in try await queue.complete(claimed, by: self.id) }
        for item in jobs {
            held.remove(item.job)
            if lost != nil { log(item) }
        }
        if let lost { count(jobs, without: lost) }
        noteRecorded(jobs)
        if let lost, !lost.isEmpty {
            logger.warning("\(lost.count) jobs were done here and had been taken over elsewhere")
        }
    }

    /// - Parameter lost: the entries that others have by now.
    private func count(_ jobs: ArraySlice<EndedJobs.Ended>, without lost: [String]) {
        let (now, lost) = (MonotonicTime.now, Set(lost))
        for item in jobs {
            let isLost = !lost.isEmpty && lost.contains(item.job.entryText)
            tally.count(item.job, as: isLost ? .lost : .done, clock, now: now)
        }
    }

    private func noteRecorded(_ jobs: ArraySlice<EndedJobs.Ended>) {
        let limited = jobs.filter { $0.job.isLimited }.map { $0.job.claim.queue }
        for queue in Set(limited) { claimSuccessors(limited.count { $0 == queue }, from: queue) }
        pool.noteRecorded(jobs.count { $0.job.hadSlot })
        if held.count == 0 { lastJobWaiter.take()?.complete(with: ()) }
    }

    /// Tells Redis of one job that needs words of its own.
    private func recordAlone(_ ended: EndedJobs.Ended) async {
        let active = ended.job
        let item = active.isSecret ? ended.sealed(by: vault) : ended
        let queue = queues[active.claim.queue]
        let duration = active.duration ?? .zero
        noteHandingBack(item)
        let recorded = await persist { () throws(RedisError) in
            try await self.apply(item.disposition, after: duration, to: active, of: queue)
        }
        held.remove(active)
        noteRecorded([item])
        switch recorded {
        case .some(.some(let disposition)):
            tally.count(active, as: disposition.outcome, clock, now: .now)
            log(EndedJobs.Ended(job: active, disposition: disposition))
            promoteSoon(after: disposition)
        case .some(nil):
            tally.count(active, as: .lost, clock, now: .now)
            logger.warning("A job ended here and had been taken over elsewhere", active.logFields)
        case nil: break
        }
    }

    private func noteHandingBack(_ item: EndedJobs.Ended) {
        switch item.disposition {
        case .release, .block:
            handings[item.job.claim.queue] += 1
            unsure.insert(item.job.claim.queue)
        default: break
        }
    }

    /// - Returns: what became of the job, which may be another end than was meant; nil when this worker did not hold it
    ///   any more.
    private nonisolated func apply(
        _ disposition: Disposition, after duration: Duration, to active: ActiveJob, of queue: JobQueue
    ) async throws(RedisError) -> Disposition? {
        if case .retry(let delay, let limit, let error) = disposition {
            let isParked = try await queue.retry(
                active.job, in: delay, within: limit, error: error, after: duration, by: id)
            return isParked.map { $0 ? .bury(.tooLate, error: error) : disposition }
        }
        return try await say(disposition, after: duration, to: active, of: queue) ? disposition : nil
    }

    private nonisolated func say(
        _ disposition: Disposition, after duration: Duration, to active: ActiveJob, of queue: JobQueue
    ) async throws(RedisError) -> Bool {
        let job = active.job
        switch disposition {
        case .complete(let result): return try await finish(active, as: .done, result, in: queue)
        case .discard(let reason): return try await end(active, as: .discarded, reason, in: queue)
        case .cancel: return try await end(active, as: .cancelled, "", in: queue)
        case .expire: return try await end(active, as: .expired, "", in: queue)
        case .block: return try await block(job, in: queue)
        case .retry(let delay, _, let error):
            return try await queue.retry(job, in: delay, error: error, after: duration, by: id)
        case .snooze(let duration): return try await queue.snooze(job, for: duration, by: id)
        case .awaitType: return try await awaitType(of: job, in: queue)
        case .bury(let reason, let error):
            return try await queue.bury(job, reason: reason, error: error, after: duration, by: id)
        case .release:
            return Protection.release.isOn
                ? try await queue.release([job.entry], by: id, tolerance: options.tolerance) == 1 : true
        case .drop: return true
        }
    }

    /// One that is not paused any more shows that this worker does not know yet.
    private nonisolated func block(_ job: ClaimedJob, in queue: JobQueue) async throws(RedisError) -> Bool {
        switch try await queue.block(job, by: id) {
        case .blocked: return true
        case .lost: return false
        case .handedBack:
            try await heedControls()
            return true
        }
    }

    private nonisolated func end(
        _ active: ActiveJob, as end: JobQueue.End, _ reason: String, in queue: JobQueue
    ) async throws(RedisError) -> Bool {
        guard active.endsAlone else { return try await queue.complete([active.job], as: end, by: id).isEmpty }
        return try await finish(active, as: end, JobResult(json: Array(reason.utf8)), in: queue)
    }

    /// What the end of a job leaves for other queues is carried there at once, behind its back.
    private nonisolated func finish(
        _ active: ActiveJob, as end: JobQueue.End, _ result: JobResult, in queue: JobQueue
    ) async throws(RedisError) -> Bool {
        switch try await queue.finish(reporting: active.job, as: end, result: result, by: id) {
        case .lost: return false
        case .ended: return true
        case .endedLeavingWork:
            Task(executorPreference: loop) { await self.carryOver(from: queue) }
            return true
        }
    }

    /// What a person may be mending at this moment, such as a password that is being changed.
    private static let mendable: Set<RedisError.Code> = [.noGroup, .authentication, .permission, .functionMissing]

    private nonisolated func awaitType(of job: ClaimedJob, in queue: JobQueue) async throws(RedisError) -> Bool {
        let limit = options.unknownTypeLimit
        let error = "No worker has known this type for \(limit)."
        guard let isParked = try await queue.awaitType(of: job, limit: limit, error: error, by: id) else {
            return false
        }
        if isParked { logger.error(error, [("type", .string(String(decoding: job.type, as: UTF8.self)))]) }
        return true
    }

    /// Asks until Redis answers: the end of a job is only known when Redis knows it. Every transition may be repeated.
    /// Nil when no answer can come; the lease then runs out and another worker takes the job.
    private func persist<Value: Sendable>(
        _ body: () async throws(RedisError) -> Value
    ) async -> Value? {
        while true {
            do throws(RedisError) {
                return try await body()
            } catch {
                let hopeless = !error.isTransient && !Self.mendable.contains(error.code)
                if hopeless { logger.error("Redis refused to record a job: \(error.message)") }
                let isLastTry = isTooLateToRecord || !Protection.recordAgain.isOn
                if hopeless || isLastTry || error.code == .noGroup { return nil }
                await noteTrouble(error)
            }
        }
    }

    /// A worker that must end does not wait for a Redis that is away: the leases run out soon after it.
    private var isTooLateToRecord: Bool { drainRequest.isHurried || recordUntil < .now }

    private nonisolated func log(_ item: EndedJobs.Ended) {
        let level: LogLevel =
            switch item.disposition {
            case .complete, .snooze, .awaitType, .release, .discard, .cancel, .expire, .block: .info
            case .retry, .drop: .warning
            case .bury: .error
            }
        guard logger.logs(level) else { return }
        var fields = item.job.logFields
        if let duration = item.job.duration {
            fields.append(("duration_ms", .number((duration.seconds * 1e6).rounded() / 1000)))
        }
        switch item.disposition {
        case .retry(let delay, _, let error):
            fields += [("error", .string(error.text)), ("retry_in_s", .number(delay.seconds))]
        case .bury(let reason, let error):
            fields += [("error", .string(error.text)), ("reason", .string(reason.rawValue))]
        case .discard(let reason): fields.append(("reason", .string(ErrorReport(reason).text)))
        case .complete, .cancel, .expire, .snooze, .awaitType, .block, .release, .drop: break
        }
        logger.log(level, item.disposition.verb, fields)
    }
}
