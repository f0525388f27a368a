internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// From Redis into the slots.
extension Worker {
    /// How long Redis may hold a claim that finds nothing.
    private static let claimWait = Duration.seconds(5)
    /// How long Redis may hold a claim of what is urgent: the jobs that it was made for may be gone before.
    private static let urgentWait = Duration.seconds(1)
    /// Jobs of one answer: more would keep Redis from others for too long.
    private static let jobsAClaim = 256

    /// Claims while there is room; waits at Redis while there is nothing.
    func claimJobs() async {
        // Asked after the wait for room too: it may last as long as a job.
        while let room = await pool.reserve(upTo: Self.jobsAClaim), !drainRequest.hasBegun {
            await claim(room)
            pool.giveUp(reserved: room)
        }
    }

    /// Claims beside ``claimJobs()`` while there is a backlog, so that Redis has the next question before this worker has
    /// dealt with the last answer.
    func claimBacklogToo() async {
        while !drainRequest.hasBegun {
            await backlogBegins()
            guard let room = await pool.reserve(upTo: Self.jobsAClaim) else { return }
            if hasBacklog, !drainRequest.hasBegun { await claim(room) }
            pool.giveUp(reserved: room)
        }
    }

    /// Claims what is more urgent than all that waits here, for the next slot that comes free.
    ///
    /// While less urgent jobs wait for a slot there may be no room, and nobody asks Redis until some of them have begun.
    /// So this one waits at Redis meanwhile, on a connection of its own.
    func claimUrgentToo() async {
        guard queues.count > 1 else { return }
        while let rank = await pool.lessUrgentWait(), !drainRequest.hasBegun {
            let urgent = queues.indices.filter { isServed($0) && order.rank(of: $0) < rank }
            let hasAnswer = urgent.isEmpty ? false : await claimUrgent(from: urgent)
            if !hasAnswer { await loop.sleep(for: .milliseconds(100)) }
        }
    }

    /// False when Redis did not answer as it should.
    private func claimUrgent(from queues: [Int]) async -> Bool {
        do throws(RedisError) {
            let claims = try await urgentClaimer.waitForJobs(in: queues, count: options.slots, for: Self.urgentWait)
            await accept(ranked(claims))
            return true
        } catch {
            await recover(from: error)
            return false
        }
    }

    private func claim(_ room: Int) async {
        do throws(RedisError) {
            let hadBacklog = hasBacklog
            let claims = hadBacklog ? try await claimBacklog(room) : try await waitForJobs(room)
            // Whoever finds all it asked for probably left more behind; whoever finds nothing waits.
            setBacklog(!claims.isEmpty && (hadBacklog || claims.count >= min(room, waitCount(room))))
            noteRecovery()
            await accept(claims)
        } catch {
            setBacklog(true)
            await recover(from: error)
        }
    }

    private func backlogBegins() async {
        guard !hasBacklog, !drainRequest.hasBegun else { return }
        let begins = Promise<Void>()
        backlogWaiter = begins
        await begins.wait()
    }

    func setBacklog(_ hasBacklog: Bool) {
        self.hasBacklog = hasBacklog
        if hasBacklog { backlogWaiter.take()?.complete(with: ()) }
    }

    func accept(_ claims: [JobClaimer.Claim]) async {
        guard !claims.isEmpty else { return }
        let now = MonotonicTime.now
        var last: (type: ArraySlice<UInt8>, queue: Int, registered: RegisteredJob?, series: Int)?
        let jobs = claims.map { claim in
            // Jobs that come together mostly have one type; comparing is cheaper than looking up.
            if last == nil || last!.queue != claim.queue || last!.type != claim.job.type {
                let registered = lookUp(claim.job.type)
                let series = tally.series(of: registered?.type, in: claim.queue)
                last = (claim.job.type, claim.queue, registered, series)
            }
            let job = ActiveJob(
                claim, registered: last!.registered, host: self, claimed: now, series: last!.series)
            held.add(job)
            return job
        }
        // What Redis gave before this worker knew of a pause is not begun.
        let allowed = jobs.filter { mayBegin($0) && mayRunBesideOthers($0) }
        guard allowed.contains(where: needsPasses) else { return pool.add(allowed) }
        pool.add(allowed.filter { !needsPasses($0) })
        await enter(allowed.filter(needsPasses))
    }

    /// A job that was retried since it took workers down is a suspect again: it goes to those that run alone.
    private func mayRunBesideOthers(_ job: ActiveJob) -> Bool {
        guard makeSolo != nil, job.job.crashes > 0, job.job.crashes >= options.tolerance.crashes - 1 else {
            return true
        }
        end(job, .release)
        return false
    }

    private func lookUp(_ type: ArraySlice<UInt8>) -> RegisteredJob? {
        JobType(String(decoding: type, as: UTF8.self)).flatMap { registry[$0] }
    }

    /// Asks the queues one after the other, each for what is left of the room: no queue gets a slot that a more urgent
    /// one has a job for.
    private func claimBacklog(_ room: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        var claims: [JobClaimer.Claim] = []
        var random = SystemRandomNumberGenerator()
        for turn in order.next(room: room, now: .now, isServed: isServed, using: &random) {
            guard claims.count < room else { break }
            let count = min(turn.share ?? room, room - claims.count)
            do throws(RedisError) {
                let more = try await claim(count, from: turn.queue)
                claims += more.map { $0.ranked(turn.rank) }
                order.asked(turn.queue, isEmpty: more.count < count, now: .now)
            } catch {
                order.asked(turn.queue, isEmpty: true, now: .now)
                guard error.code == .wrongType else {
                    // What was claimed already is ours, whatever became of the next question.
                    await accept(claims)
                    throw error
                }
                quarantine(turn.queue)
            }
        }
        return claims
    }

    /// What lost its worker comes before what waits, and of that what a limit let go on before the rest.
    private func claim(_ count: Int, from queue: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        var claims = rescueDue.contains(queue) ? try await rescue(from: queue, room: count) : []
        do throws(RedisError) {
            if admissionsDue.contains(queue), claims.count < count {
                claims += try await claimAdmitted(count - claims.count, from: queue)
            }
            if claims.count < count { claims += try await claimer.claim(from: queue, count: count - claims.count) }
            return claims
        } catch {
            // What was taken already is ours, whatever became of the next question.
            await accept(claims)
            throw error
        }
    }

    /// Passes came free, and with them the places of the jobs that had them: those who are let go on take these at once,
    /// however much this worker has claimed ahead. A claim that waits at Redis needs no help, and a solo worker takes none.
    func claimSuccessors(_ count: Int, from queue: Int) {
        guard hasBacklog, isServed(queue), !options.isSolo else { return }
        Task(executorPreference: loop) { await self.takeSuccessors(count, from: queue) }
    }

    private func takeSuccessors(_ count: Int, from queue: Int) async {
        guard let claims = try? await promptClaimer.claim(from: queue, lane: .admitted, count: count) else {
            admissionsDue.insert(queue)
            return
        }
        // What comes to a worker that ends is handed back as it leaves.
        guard !drainRequest.hasBegun else { return }
        await accept(ranked(claims))
    }

    /// Asked only when there may be some, so that other jobs do not pay for it.
    private func claimAdmitted(_ count: Int, from queue: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        admissionsDue.remove(queue)
        let claims = try await claimer.claim(from: queue, lane: .admitted, count: count)
        if claims.count == count { admissionsDue.insert(queue) }
        return claims
    }

    private func waitForJobs(_ room: Int) async throws(RedisError) -> [JobClaimer.Claim] {
        let served = queues.indices.filter(isServed)
        guard !served.isEmpty else {
            await loop.sleep(for: .seconds(1))
            return []
        }
        for queue in served { order.asked(queue, isEmpty: true, now: .now) }
        let wait = broken.isEmpty ? Self.claimWait : .seconds(1)
        return ranked(try await claimer.waitForJobs(in: served, count: waitCount(room), for: wait))
    }

    private func ranked(_ claims: [JobClaimer.Claim]) -> [JobClaimer.Claim] {
        claims.map { $0.ranked(order.rank(of: $0.queue)) }
    }

    /// A waiting claim may be answered from every queue at once.
    private func waitCount(_ room: Int) -> Int { max(1, room / queues.count) }

    /// Makes claims that wait at Redis return now. Not waited for: Redis may hang.
    func endWaitingClaims() {
        for claimer in [claimer, urgentClaimer] {
            Task(executorPreference: loop) { await claimer.unblock(through: self.client) }
        }
    }

    nonisolated func closeClaimers() {
        claimer.close()
        urgentClaimer.close()
    }

    // MARK: Trouble

    private func isServed(_ queue: Int) -> Bool { !controls[queue].isPaused && isWhole(queue) }

    private func isWhole(_ queue: Int) -> Bool {
        guard let again = broken[queue] else { return true }
        guard again <= .now else { return false }
        broken[queue] = nil
        return true
    }

    func quarantine(_ queue: Int) {
        broken[queue] = .now + .seconds(10)
        logger.error(
            """
            The key \(queues[queue].keys.stream) is not a queue: something else is stored under that name, or under \
            \(queues[queue].keys.admitted). This worker serves its other queues; rename or delete the key.
            """, [("queue", .string(queues[queue].name.name))])
    }

    private func recover(from error: RedisError) async {
        switch error.code {
        case .noGroup:
            // The queue was deleted, or Redis came back without it.
            do throws(RedisError) { try await join(isFresh: false) } catch { await noteTrouble(error) }
        case .wrongType:
            // One of several queues; asking them one by one finds out which.
            return
        case .closed: return
        default: await noteTrouble(error)
        }
    }

    private func noteRecovery() {
        guard redisTrouble != nil else { return }
        redisTrouble = nil
        logger.notice("Redis answers again")
    }

    /// Says once what is wrong, and waits a little: an outage costs neither the processor nor the log.
    func noteTrouble(_ error: RedisError) async {
        lastTrouble = .now
        if redisTrouble != error.code {
            redisTrouble = error.code
            logger.error("Redis trouble: \(error.message)")
        }
        await loop.sleep(for: .milliseconds(Int.random(in: 250...750)))
    }
}
