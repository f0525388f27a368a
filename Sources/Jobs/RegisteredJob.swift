public import PayloadSchemas

/// A job type with everything a worker needs to run it.
public final class RegisteredJob: Sendable {
    public let type: JobType
    public let payloadSchema: PayloadSchema
    public let queue: QueueName
    public let retryPolicy: RetryPolicy
    public let deadline: Deadline
    /// Decodes the payload and runs the handler.
    /// - Throws: ``UndecodablePayload``, or what the handler throws.
    public let run: @Sendable (_ payload: ArraySlice<UInt8>, _ context: JobContext) async throws -> Outcome
    /// The limit that the operator has set.
    public let limitRule: LimitRule?
    /// Those of a ``LimitedJob``, and of its handler.
    private let ownLimits: PayloadLimits?
    private typealias PayloadLimits = @Sendable (_ payload: ArraySlice<UInt8>) -> [Limit]

    /// Decodes the payload and nothing more.
    public let validate: @Sendable (_ payload: ArraySlice<UInt8>) throws(UndecodablePayload) -> Void

    /// What the type makes of an error that its handler threw; nil leaves it to the policy.
    public let outcome: @Sendable (_ error: any Error, _ attempt: Int) -> Outcome?

    init<Handler: JobHandler>(_ handler: Handler) {
        typealias Payload = Handler.Payload
        type = Payload.type
        payloadSchema = Payload.payloadSchema
        queue = Payload.queue
        retryPolicy = Payload.retryPolicy
        deadline = Payload.deadline
        outcome = { error, attempt in Payload.outcome(for: error, attempt: attempt) }
        let decoder = PayloadDecoder()
        run = { payload, context in
            let job = try Self.decode(Payload.self, from: payload, with: decoder)
            return try await handler.handle(job, context: context)
        }
        limitRule = nil
        ownLimits = Self.limits(of: handler, decoder)
        validate = { payload throws(UndecodablePayload) in
            _ = try Self.decode(Payload.self, from: payload, with: decoder)
        }
    }

    private init(_ job: RegisteredJob, retryPolicy: RetryPolicy, deadline: Deadline, limitRule: LimitRule?) {
        type = job.type
        payloadSchema = job.payloadSchema
        queue = job.queue
        self.retryPolicy = retryPolicy
        self.deadline = deadline
        self.limitRule = limitRule
        run = job.run
        outcome = job.outcome
        ownLimits = job.ownLimits
        validate = job.validate
    }

    /// The same job under other rules.
    public func with(
        retryPolicy: RetryPolicy? = nil, deadline: Deadline? = nil, limitRule: LimitRule? = nil
    ) -> RegisteredJob {
        RegisteredJob(
            self, retryPolicy: retryPolicy ?? self.retryPolicy, deadline: deadline ?? self.deadline,
            limitRule: limitRule ?? self.limitRule)
    }

    public var isLimited: Bool { limitRule != nil || ownLimits != nil }

    private static let mostLimits = 16

    /// What must allow a job with this payload to begin, each key once. A payload that cannot be decoded has no limits of
    /// its type: the job begins, and is buried.
    ///
    /// - Parameter conceal: what stands for a value of the payload where nobody may read it. The keys of limits in code are
    ///   their authors' to choose.
    public func limits(
        of payload: ArraySlice<UInt8>, concealing conceal: (String) -> String = { $0 }
    ) -> [Limit] {
        var limits: [Limit] = []
        for limit in (ownLimits?(payload) ?? []).prefix(Self.mostLimits)
        where !limits.contains(where: { $0.key == limit.key }) {
            limits.append(limit)
        }
        if let limitRule { limits.append(limitRule.limit(of: type, payload: payload, concealing: conceal)) }
        return limits
    }

    /// Those of the type before those of the handler; nil when neither has any.
    private static func limits<Handler: JobHandler>(of handler: Handler, _ decoder: PayloadDecoder) -> PayloadLimits? {
        let ofType = (Handler.Payload.self as? any LimitedJob.Type).map { limits(of: $0, decoder) }
        guard let ofHandler = handler.limits else { return ofType }
        return { payload in
            let more = (try? decoder.decode(Handler.Payload.self, from: payload)).map(ofHandler) ?? []
            return (ofType?(payload) ?? []) + more
        }
    }

    private static func limits<Payload: LimitedJob>(of _: Payload.Type, _ decoder: PayloadDecoder) -> PayloadLimits {
        { payload in (try? decoder.decode(Payload.self, from: payload))?.limits ?? [] }
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
