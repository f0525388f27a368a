internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import Sealing
internal import Tracing

/// What a running job may ask of its worker.
extension Worker: JobHost {
    nonisolated func id(of active: ActiveJob) -> JobID {
        guard let id = JobID(queue: options.queues[active.claim.queue], token: active.job.token) else {
            preconditionFailure("a claimed job's token is always one")
        }
        return id
    }

    func report(progress fraction: Double, remaining: Duration?, of active: ActiveJob) async {
        do throws(RedisError) {
            let mine = try await queues[active.claim.queue].report(
                progress: fraction, remaining: remaining, of: active.job, by: id)
            if !mine { lose(active) }
        } catch {
            // Progress is a courtesy; the job goes on without it.
            logger.debug("Progress could not be reported: \(error.message)", active.logFields)
        }
    }

    /// Neither a job's end nor a drain waits longer for what it said.
    private static let logPatience = Duration.seconds(2)

    func log(_ lines: [JobLogLine], of active: ActiveJob) async {
        let lines = active.isSecret ? lines.map { $0.sealed(by: vault, of: active.typeText) } : lines
        do throws(RedisError) {
            let mine = try await queues[active.claim.queue].log(
                lines, of: active.job, by: id, deadline: .now + Self.logPatience)
            if !mine { lose(active) }
        } catch {
            // It stands in the worker's own log as well.
            logger.debug("What a job says could not be kept: \(error.message)", active.logFields)
        }
    }

    /// Longer than any job waits for its next attempt, or a dead letter for a person.
    private static let checkpointLife = Duration.seconds(30 * 86_400)

    nonisolated var vault: PayloadVault { queues.first?.vault ?? .none }

    func checkpoint(of active: ActiveJob) async throws -> [UInt8]? {
        guard let kept = try await queues[active.claim.queue].checkpoint(of: active.job) else { return nil }
        return try vault.open(kept, as: .checkpoint, of: active.typeText)
    }

    func save(checkpoint: [UInt8], of active: ActiveJob) async throws {
        guard checkpoint.count <= options.argsBytesLimit else {
            throw CheckpointTooLarge(bytes: checkpoint.count, limit: options.argsBytesLimit)
        }
        try checkNotLost(active)
        try prove(
            await queues[active.claim.queue].save(
                checkpoint: active.isSecret
                    ? vault.sealed(checkpoint, as: .checkpoint, of: active.typeText) : checkpoint, of: active.job,
                for: Self.checkpointLife, by: id), active)
    }

    nonisolated func enqueue(_ job: NewJob) async throws -> JobID {
        guard let span = EnqueueSpan.belowCurrent() else { return try await RedisEnqueuer(client: client).enqueue(job) }
        do {
            let id = try await RedisEnqueuer(client: client).enqueue(span.traced(job))
            span.end(in: job.queue, as: id)
            return id
        } catch {
            span.end(in: job.queue, error: error)
            throw error
        }
    }

    nonisolated var tracer: Tracer? { options.tracer }

    func pauseType(of active: ActiveJob) async throws -> Bool {
        try checkNotLost(active)
        return try await queues[active.claim.queue].pause(.type(active.type))
    }

    func confirmOwnership(of active: ActiveJob) async throws {
        try checkNotLost(active)
        let lost = try await queues[active.claim.queue].renew([active.job.entry], by: id)
        try prove(lost.isEmpty, active)
    }

    func add(_ jobs: [NewJob], to batch: BatchID, by active: ActiveJob) async throws -> [JobID] {
        try checkNotLost(active)
        let span = EnqueueSpan.belowCurrent()
        let jobs = span.map { jobs.map($0.traced) } ?? jobs
        do throws(RedisError) {
            let answers = try await queue(of: batch).add(jobs, to: batch)
            span?.end(in: batch.queue, jobs: jobs.count)
            return answers.map(\.id)
        } catch {
            span?.end(in: batch.queue, jobs: jobs.count, error: error)
            throw error
        }
    }

    /// Should Redis not answer, the job runs; its links are looked at again when it is done.
    func mistake(inLinksOf active: ActiveJob) async -> String? {
        try? await queues[active.claim.queue].mistake(inLinksOf: active.job)
    }

    func enqueue(_ batch: JobBatch, by active: ActiveJob) async throws {
        try checkNotLost(active)
        let span = EnqueueSpan.belowCurrent()
        var batch = batch
        if let span { batch.jobs = batch.jobs.map(span.traced) }
        do throws(RedisError) {
            try await queue(of: batch.id).enqueue(batch)
            span?.end(in: batch.id.queue, jobs: batch.jobs.count)
        } catch {
            span?.end(in: batch.id.queue, jobs: batch.jobs.count, error: error)
            throw error
        }
    }

    func progress(of batch: BatchID) async throws -> BatchProgress? {
        try await queue(of: batch).batch(batch)?.progress
    }

    func results(of batch: BatchID) async throws -> [JobID: JobResult] {
        try await queue(of: batch).results(of: batch).mapValues { result in
            JobResult(json: try vault.open(result.json, as: .result, of: ""))
        }
    }

    func cancel(_ batch: BatchID, by active: ActiveJob) async throws {
        try checkNotLost(active)
        try await queue(of: batch).cancel(batch)
    }

    func isPending(_ job: JobID) async throws -> Bool {
        guard let found = try await JobQueue(job.queue, client: client).describe(job) else { return false }
        return !found.state.hasEnded
    }

    /// Any: the worker need not serve it.
    private func queue(of batch: BatchID) -> JobQueue { JobQueue(batch.queue, client: client) }

    /// The answer of Redis is about the worker; a job that was lost and came back is run anew here, and this may be the
    /// earlier run.
    private func prove(_ isMine: Bool, _ active: ActiveJob) throws(JobTakenAway) {
        if !isMine { lose(active) }
        try checkNotLost(active)
    }

    private func checkNotLost(_ active: ActiveJob) throws(JobTakenAway) {
        if active.cancellation == .lost { throw JobTakenAway() }
    }
}

struct CheckpointTooLarge: Error, CustomStringConvertible {
    let bytes: Int
    let limit: Int

    var description: String {
        "The checkpoint is \(bytes) bytes and at most \(limit) are allowed; keep the data elsewhere and save its name."
    }
}
