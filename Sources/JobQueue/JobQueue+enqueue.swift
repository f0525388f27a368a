public import Jobs
internal import Platform
public import RedisClient

extension JobQueue {
    /// Stores a job; when this returns, Redis has it.
    /// - Returns: the id of the job, or of the one that stands for it: see ``enqueue(reporting:)``.
    /// - Throws: `RedisError`. When its `mayHaveExecuted` is true the answer was lost, and the job may or may not be
    ///   stored: enqueue it again with the same idempotency key, and it is stored once.
    public func enqueue(_ job: NewJob) async throws(RedisError) -> JobID { try await enqueue(reporting: job).id }

    /// As ``enqueue(_:)``, and tells whether another job stands for it.
    public func enqueue(reporting job: NewJob) async throws(RedisError) -> EnqueueAnswer {
        var pipeline = RedisPipeline()
        // Written into room made once, not grown five times.
        pipeline.reserve(job.args.count + Self.bytesBesideArgs)
        append(job, to: &pipeline)
        return try Self.answer(
            job.isPlain ? try await client.send(pipeline).first : try await library.send(pipeline), in: name)
    }

    /// Stores many jobs in as few round trips as their size allows; the answers stand in the order of the jobs.
    public func enqueue(contentsOf jobs: some Collection<NewJob>) async -> [Result<JobID, RedisError>] {
        await enqueue(reportingContentsOf: jobs).map { $0.map(\.id) }
    }

    /// As ``enqueue(contentsOf:)``, and tells of each whether another job stands for it.
    public func enqueue(
        reportingContentsOf jobs: some Collection<NewJob>
    ) async -> [Result<EnqueueAnswer, RedisError>] {
        // Of one kind, which the compiler knows.
        await enqueueAll(Array(jobs))
    }

    private func enqueueAll(_ jobs: [NewJob]) async -> [Result<EnqueueAnswer, RedisError>] {
        var results: [Result<EnqueueAnswer, RedisError>] = []
        results.reserveCapacity(jobs.count)
        var underWay = FIFO<Portion>()
        var pipeline = RedisPipeline()
        pipeline.reserve(
            min(
                Self.bytesAPortion,
                jobs.prefix(Self.jobsAPortion).reduce(0) { $0 + $1.args.count + Self.bytesBesideArgs }))
        for job in jobs {
            append(job, to: &pipeline)
            guard pipeline.count == Self.jobsAPortion || pipeline.bytes.count >= Self.bytesAPortion else { continue }
            underWay.append(await send(pipeline))
            pipeline.removeAll()
            if underWay.count == Self.portionsUnderWay, let first = underWay.popFirst() {
                results += await first.answers(name)
            }
        }
        if pipeline.count > 0 { underWay.append(await send(pipeline)) }
        while let portion = underWay.popFirst() { results += await portion.answers(name) }
        await enqueueAgain(jobs, whereFunctionsWereMissing: &results)
        return results
    }

    /// Jobs that the server refused because it lost the functions were not stored; the first of them brings the
    /// functions back.
    private func enqueueAgain(
        _ jobs: [NewJob], whereFunctionsWereMissing results: inout [Result<EnqueueAnswer, RedisError>]
    ) async {
        for index in jobs.indices {
            guard case .failure(let error) = results[index], error.code == .functionMissing else { continue }
            do throws(RedisError) { results[index] = .success(try await enqueue(reporting: jobs[index])) } catch {
                results[index] = .failure(error)
            }
        }
    }

    private static let bytesBesideArgs = 192
    private static let jobsAPortion = 500
    private static let bytesAPortion = 1 << 20
    /// While Redis works on one portion, the next is written down.
    private static let portionsUnderWay = 3

    /// Jobs that were sent together.
    private struct Portion {
        let count: Int
        let answer: Result<RedisAnswer, RedisError>

        func answers(_ queue: QueueName) async -> [Result<EnqueueAnswer, RedisError>] {
            do throws(RedisError) {
                return try await answer.get().value().values.map { value in
                    Result { () throws(RedisError) in try JobQueue.answer(value, in: queue) }
                }
            } catch {
                return Array(repeating: .failure(error), count: count)
            }
        }
    }

    private func append(_ job: NewJob, to pipeline: inout RedisPipeline) {
        if vault.sealsAny { appendStored(vault.seal(job), to: &pipeline) } else { appendStored(job, to: &pipeline) }
    }

    /// - Parameter job: as it is stored.
    private func appendStored(_ job: NewJob, to pipeline: inout RedisPipeline) {
        if job.isPlain { appendPlain(job, to: &pipeline) } else { appendCall(job, to: &pipeline) }
    }

    /// The public contract: `XADD cw:{queue} * type … args …`.
    private func appendPlain(_ job: NewJob, to pipeline: inout RedisPipeline) {
        pipeline.begin(arguments: job.traceparent == nil ? 7 : 9)
        pipeline.append("XADD" as StaticString)
        pipeline.append(keys.stream)
        pipeline.append("*" as StaticString)
        pipeline.append("type" as StaticString)
        pipeline.append(job.type.name)
        pipeline.append("args" as StaticString)
        pipeline.append(job.args)
        guard let traceparent = job.traceparent else { return }
        pipeline.append("trace" as StaticString)
        pipeline.append(traceparent)
    }

    private func appendCall(_ job: NewJob, to pipeline: inout RedisPipeline) {
        let words = Self.words(of: job, token: JobToken.make())
        begin("cw_enqueue", arguments: 2 + words.count, in: &pipeline)
        pipeline.append(job.type.name)
        pipeline.append(job.args)
        for word in words { pipeline.append(word) }
    }

    /// What follows type and args. An id of its own makes it safe to send a job again.
    static func words(of job: NewJob, token: String) -> [String] {
        var words = ["id", token]
        for (name, value) in options(of: job) { words += ["\(name)", value] }
        if let fingerprint = job.idempotencyKey?.fingerprint { words += ["fingerprint", fingerprint] }
        if let batch = job.batch { words += ["batch", batch.token] }
        if !job.links.isEmpty { words += ["then", LinkText.of(job.links)] }
        return words
    }

    /// What links may say too.
    static func options(of job: NewJob) -> [(StaticString, String)] {
        var options: [(StaticString, String)] = []
        if job.delay > .zero { options.append(("delay", "\(job.delay.milliseconds)")) }
        if let time = job.expiresAfter { options.append(("expire", "\(max(1, time.milliseconds))")) }
        if let key = job.idempotencyKey {
            options += [("key", key.text), ("key_ttl", "\(key.window.milliseconds)")]
        }
        if let key = job.uniqueKey {
            options += [
                ("unique", key.text), ("unique_mode", key.mode.rawValue), ("unique_ttl", "\(key.window.milliseconds)"),
            ]
        }
        if let time = job.trackFor { options.append(("track", "\(max(1, time.milliseconds))")) }
        if let traceparent = job.traceparent { options.append(("trace", traceparent)) }
        return options
    }

    private func send(_ pipeline: RedisPipeline) async -> Portion {
        do throws(RedisError) {
            return Portion(count: pipeline.count, answer: .success(try await client.begin(pipeline)))
        } catch {
            return Portion(count: pipeline.count, answer: .failure(error))
        }
    }

    /// Reads a token, or `[token, what was done]`.
    static func answer(_ value: RedisValue, in queue: QueueName) throws(RedisError) -> EnqueueAnswer {
        if let error = value.error { throw error }
        var parts = value.elements
        let token = value.isArray ? parts.next()?.string : value.string
        guard let token, let id = JobID(queue: queue, token: token),
            let answer = value.isArray ? EnqueueAnswer(parts.next()?.string, id) : .enqueued(id)
        else { throw RedisError(.protocolViolation, "Redis did not answer with the id of the job.") }
        return answer
    }
}
