internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// What people ask of queues while the worker works: pause, resume, cancel.
extension Worker {
    /// One round trip for all queues; what has changed is asked for in another.
    func heedControls() async throws(RedisError) {
        var pipeline = RedisPipeline("TIME")
        for queue in queues { pipeline.add("GET", queue.keys.control) }
        var answers = try await client.send(pipeline).values.makeIterator()
        note(time: answers.next())
        for (index, queue) in queues.enumerated() {
            guard let version = answers.next()?.string, version != controls[index].version else { continue }
            heed(try await queue.control(), of: index)
        }
    }

    private func note(time: RedisValue?) {
        let parts = time?.elements.compactMap(\.integer) ?? []
        if parts.count == 2 { clock.set(parts[0] * 1000 + parts[1] / 1000) }
    }

    private func heed(_ control: QueueControl, of index: Int) {
        let wasPaused = controls[index].isPaused
        controls[index] = control
        for job in held.all where job.claim.queue == index && control.cancelled.contains(job.entryText) {
            pool.cancel(job, because: .request)
        }
        if let pool { pool.add(pool.removeWaiting().filter(mayBegin)) }
        if wasPaused != control.isPaused { pauseChanged(index) }
        for type in control.resumedTypes { unblock(type, of: queues[index]) }
    }

    /// The claim that waits at Redis names the queues it waits for.
    private func pauseChanged(_ index: Int) {
        let queue = queues[index].name.name
        logger.notice(
            controls[index].isPaused ? "The queue is paused" : "The queue is resumed", [("queue", .string(queue))])
        setBacklog(true)
        endWaitingClaims()
    }

    /// Whoever resumed the type does so too, but may have been stopped.
    private func unblock(_ type: JobType, of queue: JobQueue) {
        Task(executorPreference: loop) {
            do throws(RedisError) { try await queue.unblock(type) } catch {
                self.logger.warning("Jobs that waited for their type to be resumed still wait: \(error.message)")
            }
        }
    }

    /// Whether a job that no slot has begun may be; ends it here when it may not.
    func mayBegin(_ job: ActiveJob) -> Bool {
        let isPaused = controls[job.claim.queue].isPaused
        guard job.cancellation == .request || isPaused || isPausedType(job) else { return true }
        end(job, job.cancellation == .request ? .cancel : isPausedType(job) ? .block : .release)
        return false
    }

    private func isPausedType(_ job: ActiveJob) -> Bool {
        guard let type = job.registered?.type else { return false }
        return controls[job.claim.queue].pausedTypes.contains(type)
    }

}
