public import Jobs
public import RedisClient

/// Batches: opened, filled in portions, closed. A batch lives in one queue, and so do its members.
extension JobQueue {
    /// Jobs one call names: Redis does nothing else meanwhile, for a few milliseconds.
    private static let membersACall = 100
    private static let bytesACall = 1 << 20

    /// Opens a batch, adds its jobs and closes it. A producer that dies meanwhile leaves an open batch, whose callbacks do
    /// not fire; with the same batch this may be repeated, and adds only what is missing.
    /// - Throws: `RedisError`; repeat it then, unless it is of the code `refused`.
    @discardableResult
    public func enqueue(_ batch: JobBatch) async throws(RedisError) -> BatchID {
        _ = try await enqueue(reporting: batch)
        return batch.id
    }

    /// As ``enqueue(_:)``, and tells of each member, in their order, whether another job stands for it. Such a job is no
    /// member, unless it was one before: the batch does not wait for it.
    public func enqueue(reporting batch: JobBatch) async throws(RedisError) -> [EnqueueAnswer] {
        try refuseStrays(batch.jobs, of: batch.id)
        try await open(batch)
        // The same tokens each time.
        let tokens = batch.jobs.indices.map { DerivedToken.of(batch.id.token, $0) }
        let answers = try await add(batch.jobs, to: batch.id, tokens)
        try await close(batch.id)
        // A member that an earlier call added stands for itself.
        return zip(answers, tokens).map { $0 == .duplicate($0.id) && $0.id.token == $1 ? .enqueued($0.id) : $0 }
    }

    /// Opens a batch without adding its jobs. Safe to repeat.
    public func open(_ batch: JobBatch) async throws(RedisError) {
        var words = [batch.id.token, "keep", "\(max(1, batch.keepFor.milliseconds))"]
        if let name = batch.name { words += ["name", name] }
        if let bytes = batch.keepResults { words += ["results", "\(bytes)"] }
        for (event, job) in [
            ("complete", batch.onComplete), ("success", batch.onSuccess), ("death", batch.onDeath),
        ] {
            if let job { words += [event, LinkText.of(vault.seal(job))] }
        }
        _ = try await send("cw_batch_open", words)
    }

    /// Adds jobs to a batch that has not ended.
    /// - Returns: what became of each, in their order. A job that was not enqueued, because another stands for it, is no
    ///   member.
    /// - Throws: `RedisError`, of the code `refused` when the batch has ended, or a job names another queue. When its
    ///   `mayHaveExecuted` is true some may have been added; an idempotency key on each job makes it safe to add them again.
    @discardableResult
    public func add(_ jobs: [NewJob], to batch: BatchID) async throws(RedisError) -> [EnqueueAnswer] {
        try refuseStrays(jobs, of: batch)
        return try await add(jobs, to: batch, jobs.map { _ in JobToken.make() })
    }

    private func refuseStrays(_ jobs: [NewJob], of batch: BatchID) throws(RedisError) {
        if let stray = StrayMember(among: jobs, of: batch) { throw RedisError(.refused, stray.description) }
    }

    /// - Parameter tokens: of the jobs; a member that has one of them is not added again.
    private func add(
        _ jobs: [NewJob], to batch: BatchID, _ tokens: [String]
    ) async throws(RedisError) -> [EnqueueAnswer] {
        var answers: [EnqueueAnswer] = []
        var words: [String] = [batch.token]
        var (count, bytes) = (0, 0)
        for (index, job) in jobs.enumerated() {
            words += Self.member(vault.seal(job), token: tokens[index])
            count += 1
            bytes += job.args.count
            guard count == Self.membersACall || bytes >= Self.bytesACall || index == jobs.count - 1 else { continue }
            for value in try await send("cw_batch_add", words).elements {
                answers.append(try Self.answer(value, in: name))
            }
            words = [batch.token]
            (count, bytes) = (0, 0)
        }
        return answers
    }

    /// How many words follow, and those as for `cw_enqueue`.
    private static func member(_ job: NewJob, token: String) -> [String] {
        var job = job
        job.batch = nil
        let words = [job.type.name, String(decoding: job.args, as: UTF8.self)] + words(of: job, token: token)
        return ["\(words.count)"] + words
    }

    /// Says that all jobs are added: the callbacks fire once nothing is pending any more. Safe to repeat.
    @discardableResult
    public func close(_ batch: BatchID) async throws(RedisError) -> BatchDescription.State {
        let state = try await call("cw_batch_close", batch.token).string ?? ""
        await carryOverNow()
        return BatchDescription.State(rawValue: state) ?? .closed
    }

    /// Closes a batch for good and cancels all members that have not ended. Safe to repeat, also when it was not finished.
    /// - Returns: how many were cancelled; how many run, and are told within about a second.
    @discardableResult
    public func cancel(_ batch: BatchID) async throws(RedisError) -> (cancelled: Int, cancelling: Int) {
        var (cursor, cancelled, cancelling) = ("0", 0, 0)
        repeat {
            var answer = try await call("cw_batch_cancel", batch.token, cursor).elements
            cursor = answer.next()?.string ?? "0"
            cancelled += answer.next()?.integer ?? 0
            cancelling += answer.next()?.integer ?? 0
        } while cursor != "0"
        await carryOverNow()
        return (cancelled, cancelling)
    }

    /// The workers of the queue do it too, if there are any.
    private func carryOverNow() async { try? await carryOver() }

    /// Nil for a batch that was never opened, or is forgotten.
    public func batch(_ id: BatchID) async throws(RedisError) -> BatchDescription? {
        try await batches("0", "1", id.token).first
    }

    /// Newest first.
    public func batches(from offset: Int = 0, limit: Int = 100) async throws(RedisError) -> [BatchDescription] {
        try await batches("\(offset)", "\(limit)")
    }

    private func batches(_ arguments: String...) async throws(RedisError) -> [BatchDescription] {
        try await send("cw_batches", arguments).elements.compactMap { BatchDescription($0, in: name) }
    }

    /// The results that members left and that were kept, by the id of the job.
    public func results(of batch: BatchID) async throws(RedisError) -> [JobID: JobResult] {
        var results: [JobID: JobResult] = [:]
        var cursor = "0"
        repeat {
            var page = try await client.call("HSCAN", keys.results(ofBatch: batch.token), cursor, "COUNT", "200")
                .elements
            cursor = page.next()?.string ?? "0"
            guard var fields = page.next()?.elements else { break }
            while let token = fields.next()?.string, let json = fields.next()?.bytes {
                if let id = JobID(queue: name, token: token) { results[id] = JobResult(json: Array(json)) }
            }
        } while cursor != "0"
        return results
    }

    /// Forgets batches whose time is over. Safe to run everywhere.
    public func forgetBatches() async throws(RedisError) {
        let portion = 10
        while try await call("cw_forget_batches", "\(portion)").integer == portion {}
    }

    private func send(_ function: StaticString, _ words: [String]) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        pipeline.reserve(words.reduce(128) { $0 + $1.utf8.count + 16 })
        begin(function, arguments: words.count, in: &pipeline)
        for word in words { pipeline.append(word) }
        return try await library.send(pipeline)
    }
}
