internal import Jobs
internal import Logging
internal import RedisClient

/// What a running job may ask of its worker.
extension Worker: JobHost {
    nonisolated func id(of active: ActiveJob) -> JobID {
        guard let id = JobID(queue: options.queues[active.claim.queue], token: active.job.token) else {
            preconditionFailure("a claimed job's token is always one")
        }
        return id
    }

    func report(progress fraction: Double, of active: ActiveJob) async {
        do throws(RedisError) {
            let mine = try await queues[active.claim.queue].report(progress: fraction, of: active.job, by: id)
            if !mine { pool.cancel(active, because: .lost) }
        } catch {
            // Progress is a courtesy; the job goes on without it.
            logger.debug("Progress could not be reported: \(error.message)", active.logFields)
        }
    }
}
