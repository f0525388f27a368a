public import Jobs
internal import Platform
public import RedisClient

extension JobQueue {
    /// Stores a job; when this returns, Redis has it.
    /// - Throws: `RedisError`. When its `mayHaveExecuted` is true the answer was lost, and the job may or may not be
    ///   stored: enqueue it again with the same idempotency key, and it is stored once.
    public func enqueue(_ job: NewJob) async throws(RedisError) -> JobID {
        var pipeline = RedisPipeline()
        // Written into room made once, not grown five times.
        pipeline.reserve(job.args.count + Self.bytesBesideArgs)
        append(job, to: &pipeline)
        return try Self.id(
            from: job.isPlain ? try await client.send(pipeline).first : try await library.send(pipeline), in: name)
    }

    /// Stores many jobs in as few round trips as their size allows; the answers stand in the order of the jobs.
    public func enqueue(contentsOf jobs: some Collection<NewJob>) async -> [Result<JobID, RedisError>] {
        var results: [Result<JobID, RedisError>] = []
        results.reserveCapacity(jobs.count)
        var underWay = FIFO<Portion>()
        var pipeline = RedisPipeline()
        for job in jobs {
            append(job, to: &pipeline)
            guard pipeline.count == Self.jobsAPortion || pipeline.bytes.count >= Self.bytesAPortion else { continue }
            underWay.append(await send(pipeline))
            pipeline.removeAll()
            if underWay.count == Self.portionsUnderWay, let first = underWay.popFirst() {
                results += await first.ids(name)
            }
        }
        if pipeline.count > 0 { underWay.append(await send(pipeline)) }
        while let portion = underWay.popFirst() { results += await portion.ids(name) }
        await enqueueAgain(jobs, whereFunctionsWereMissing: &results)
        return results
    }

    /// Jobs that the server refused because it lost the functions were not stored; the first of them brings the
    /// functions back.
    private func enqueueAgain(
        _ jobs: some Collection<NewJob>, whereFunctionsWereMissing results: inout [Result<JobID, RedisError>]
    ) async {
        for (index, job) in jobs.enumerated() {
            guard case .failure(let error) = results[index], error.code == .functionMissing else { continue }
            do throws(RedisError) { results[index] = .success(try await enqueue(job)) } catch {
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

        func ids(_ queue: QueueName) async -> [Result<JobID, RedisError>] {
            do throws(RedisError) {
                return try await answer.get().value().values.map { value in
                    Result { () throws(RedisError) in try JobQueue.id(from: value, in: queue) }
                }
            } catch {
                return Array(repeating: .failure(error), count: count)
            }
        }
    }

    private func append(_ job: NewJob, to pipeline: inout RedisPipeline) {
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
        begin("cw_enqueue", arguments: job.traceparent == nil ? 7 : 9, in: &pipeline)
        pipeline.append(JobToken.make())
        pipeline.append(Int(max(0, job.delay.milliseconds)))
        pipeline.append(job.idempotencyKey?.text ?? "")
        pipeline.append(Int(job.idempotencyKey?.window.milliseconds ?? 0))
        pipeline.append(Int(job.trackFor?.milliseconds ?? 0))
        pipeline.append(job.type.name)
        pipeline.append(job.args)
        guard let traceparent = job.traceparent else { return }
        pipeline.append("trace" as StaticString)
        pipeline.append(traceparent)
    }

    private func send(_ pipeline: RedisPipeline) async -> Portion {
        do throws(RedisError) {
            return Portion(count: pipeline.count, answer: .success(try await client.begin(pipeline)))
        } catch {
            return Portion(count: pipeline.count, answer: .failure(error))
        }
    }

    private static func id(from value: RedisValue, in queue: QueueName) throws(RedisError) -> JobID {
        if let error = value.error { throw error }
        guard let token = value.string, let id = JobID(queue: queue, token: token) else {
            throw RedisError(.protocolViolation, "Redis did not answer with the id of the job.")
        }
        return id
    }
}
