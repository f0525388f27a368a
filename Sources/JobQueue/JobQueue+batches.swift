public import Jobs
public import RedisClient

/// Batches: opened, filled in portions, closed. A batch lives in one queue, and so do its members.
extension JobQueue {
    /// Jobs one call names: Redis does nothing else meanwhile, for a few milliseconds.
    private static let membersACall = 100
    private static let bytesACall = 1 << 20

    /// Opens a batch, adds its jobs and closes it. A producer that dies meanwhile leaves an open batch, whose callbacks do
    /// not fire; with the same batch this may be repeated, and adds only what is missing.
    /// - Throws: `RedisError`; repeat it then.
    @discardableResult
    public func enqueue(_ batch: JobBatch) async throws(RedisError) -> BatchID {
        try await open(batch)
        // The same tokens each time.
        try await add(batch.jobs, to: batch.id, tokens: { JobToken.derived(from: batch.id.token, $0) })
        try await close(batch.id)
        return batch.id
    }

    /// Opens a batch without adding its jobs. Safe to repeat.
    public func open(_ batch: JobBatch) async throws(RedisError) {
        var words = [batch.id.token, "keep", "\(max(1, batch.keepFor.milliseconds))"]
        if let name = batch.name { words += ["name", name] }
        if let bytes = batch.keepResults { words += ["results", "\(bytes)"] }
        for (event, job) in [
            ("complete", batch.onComplete), ("success", batch.onSuccess), ("death", batch.onDeath),
        ] {
            if let job { words += [event, LinkText.of(job)] }
        }
        _ = try await send("cw_batch_open", words)
    }

    /// Adds jobs to a batch that has not ended.
    /// - Throws: `RedisError`. When its `mayHaveExecuted` is true some may have been added; an idempotency key on each job
    ///   makes it safe to add them again.
    public func add(_ jobs: [NewJob], to batch: BatchID) async throws(RedisError) {
        try await add(jobs, to: batch, tokens: { _ in JobToken.make() })
    }

    /// - Parameter tokens: the token of the job with this index; a member with that token is not added again.
    private func add(
        _ jobs: [NewJob], to batch: BatchID, tokens: (Int) -> String
    ) async throws(RedisError) {
        var words: [String] = [batch.token]
        var (count, bytes) = (0, 0)
        for (index, job) in jobs.enumerated() {
            var job = job
            job.batch = nil
            let more =
                [job.type.name, String(decoding: job.args, as: UTF8.self)] + Self.words(of: job, token: tokens(index))
            words += ["\(more.count)"] + more
            count += 1
            bytes += job.args.count
            guard count == Self.membersACall || bytes >= Self.bytesACall || index == jobs.count - 1 else { continue }
            _ = try await send("cw_batch_add", words)
            words = [batch.token]
            (count, bytes) = (0, 0)
        }
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
