internal import JobQueue
internal import Platform
internal import RedisClient

/// Jobs with one life left run alone: in a process of their own, one at a time, so that whichever takes its process down
/// takes nobody along.
extension Worker {
    /// Has a solo worker run, unless one does.
    func seeToSuspects() {
        guard let makeSolo, solo == nil, !drainRequest.hasBegun else { return }
        logger.notice("Running jobs alone that may have taken their workers down")
        let supervisor = makeSolo()
        solo = supervisor
        Task(executorPreference: loop) {
            do { try await supervisor.run() } catch { self.logger.error("\(error)") }
            await self.soloEnded()
        }
    }

    private func soloEnded() { solo = nil }

    /// Waits for the solo worker, which was told to end together with this one. Not when this one must end now: a solo
    /// worker whose parent is gone ends by itself.
    func finishSolo() async {
        var isHurried = false
        while let solo, failure == nil {
            if drainRequest.isHurried, !isHurried {
                isHurried = true
                solo.hurry()
            }
            await loop.sleep(for: .milliseconds(20))
        }
    }

    /// What a solo worker does: takes one suspect after the other until none is left.
    func runSuspects() async {
        while !drainRequest.hasBegun {
            do throws(RedisError) {
                guard try await takeSuspect() else { return drain() }
            } catch {
                await noteTrouble(error)
            }
        }
    }

    private func takeSuspect() async throws(RedisError) -> Bool {
        for (index, queue) in queues.enumerated() where !controls[index].isPaused {
            let rescue = try await queue.rescue(
                for: id, lease: options.lease, limit: 1, suspects: .only, tolerance: options.tolerance)
            guard !rescue.jobs.isEmpty else { continue }
            await accept(rescue.jobs.map { JobClaimer.Claim(queue: index, job: $0) })
            await heldJobsEnd()
            return true
        }
        return false
    }

    /// Waits until nothing is held, or the worker must stop.
    private func heldJobsEnd() async {
        guard held.count > 0, !drainRequest.hasBegun else { return }
        let end = Promise<Void>()
        lastJobWaiter = end
        await end.wait()
    }
}
