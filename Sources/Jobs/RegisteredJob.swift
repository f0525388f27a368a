/// A job type with everything a worker needs to run it.
public final class RegisteredJob: Sendable {
    public let type: JobType
    public let queue: QueueName
    public let retryPolicy: RetryPolicy
    public let deadline: Deadline
    /// Decodes the payload and runs the handler.
    /// - Throws: ``UndecodablePayload``, or what the handler throws.
    public let run: @Sendable (_ payload: ArraySlice<UInt8>, _ context: JobContext) async throws -> Outcome
    /// Decodes the payload and nothing more.
    public let validate: @Sendable (_ payload: ArraySlice<UInt8>) throws(UndecodablePayload) -> Void

    /// What the type makes of an error that its handler threw; nil leaves it to the policy.
    public let outcome: @Sendable (_ error: any Error, _ attempt: Int) -> Outcome?

    init<Handler: JobHandler>(_ handler: Handler) {
        typealias Payload = Handler.Payload
        type = Payload.type
        queue = Payload.queue
        retryPolicy = Payload.retryPolicy
        deadline = Payload.deadline
        outcome = { error, attempt in Payload.outcome(for: error, attempt: attempt) }
        let decoder = PayloadDecoder()
        run = { payload, context in
            let job = try Self.decode(Payload.self, from: payload, with: decoder)
            return try await handler.handle(job, context: context)
        }
        validate = { payload throws(UndecodablePayload) in
            _ = try Self.decode(Payload.self, from: payload, with: decoder)
        }
    }

    private init(_ job: RegisteredJob, retryPolicy: RetryPolicy, deadline: Deadline) {
        type = job.type
        queue = job.queue
        self.retryPolicy = retryPolicy
        self.deadline = deadline
        run = job.run
        outcome = job.outcome
        validate = job.validate
    }

    /// The same job under other rules.
    public func with(retryPolicy: RetryPolicy? = nil, deadline: Deadline? = nil) -> RegisteredJob {
        RegisteredJob(self, retryPolicy: retryPolicy ?? self.retryPolicy, deadline: deadline ?? self.deadline)
    }

    static func decode<Payload: Job>(
        _: Payload.Type, from bytes: ArraySlice<UInt8>, with decoder: PayloadDecoder
    ) throws(UndecodablePayload) -> Payload {
        do {
            return try decoder.decode(Payload.self, from: bytes)
        } catch {
            throw UndecodablePayload(type: Payload.type, error)
        }
    }
}
