public import RedisClient

/// For jobs that another store keeps until it knows how they ended.
extension JobQueue {
    /// Jobs one call names: Redis does nothing else meanwhile, for a few milliseconds.
    private static let jobsACall = 100

    /// What became of a job that was pushed.
    public enum PushAnswer: Sendable {
        case added
        /// It was there already.
        case known
        /// What was given is no job.
        case refused
    }

    /// Enqueues jobs in their order, each once however often it is pushed while it is tracked.
    /// - Parameter time: how long each is tracked after every change of its state.
    /// - Returns: the answers in the order of the jobs.
    /// - Throws: `RedisError`; some of the jobs may be stored then, the first of them first.
    public func push(_ jobs: [PushedJob], trackFor time: Duration) async throws(RedisError) -> [PushAnswer] {
        try await inPortions(jobs) { portion throws(RedisError) in try await pushOnce(portion, trackFor: time) }
    }

    private func pushOnce(
        _ jobs: ArraySlice<PushedJob>, trackFor time: Duration
    ) async throws(RedisError) -> [PushAnswer] {
        var pipeline = RedisPipeline()
        pipeline.reserve(jobs.reduce(128) { $0 + $1.args.utf8.count + 160 })
        begin("cw_push", arguments: 1 + 5 * jobs.count, in: &pipeline)
        pipeline.append(Int(time.milliseconds))
        for job in jobs {
            pipeline.append(job.token)
            pipeline.append(max(0, job.delayMilliseconds))
            pipeline.append(job.type)
            pipeline.append(vault.seal(Array(job.args.utf8), of: job.type))
            pipeline.append(job.traceparent ?? "")
        }
        return try await library.send(pipeline).elements.map { Self.answer($0.integer) }
    }

    private static func answer(_ number: Int?) -> PushAnswer {
        switch number {
        case 1: .added
        case 0: .known
        default: .refused
        }
    }

    /// Asks what became of tracked jobs, and tracks those that have not ended for longer.
    /// - Returns: in the order of the tokens; nil for a job that this server does not have.
    public func states(
        of tokens: [String], trackFor time: Duration
    ) async throws(RedisError) -> [JobState?] {
        try await inPortions(tokens) { portion throws(RedisError) in
            try await call("cw_states", time, portion).elements.map { Self.state($0.string ?? "") }
        }
    }

    /// What this program does not know, a newer one wrote: it is not taken for lost.
    private static func state(_ text: String) -> JobState? { text.isEmpty ? nil : JobState(rawValue: text) ?? .active }

    /// Keeps state and result of jobs for so long at the most: their ends are noted elsewhere.
    public func untrack(_ tokens: [String], keepFor time: Duration) async throws(RedisError) {
        for first in stride(from: 0, to: tokens.count, by: Self.jobsACall) {
            _ = try await call("cw_untrack", time, tokens[first..<min(tokens.count, first + Self.jobsACall)])
        }
    }

    private func call(
        _ function: StaticString, _ time: Duration, _ tokens: ArraySlice<String>
    ) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        begin(function, arguments: 1 + tokens.count, in: &pipeline)
        pipeline.append(Int(time.milliseconds))
        for token in tokens { pipeline.append(token) }
        return try await library.send(pipeline)
    }

    /// One call after another, with room for others in between.
    private func inPortions<Element, Answer>(
        _ all: [Element], _ send: (ArraySlice<Element>) async throws(RedisError) -> [Answer]
    ) async throws(RedisError) -> [Answer] {
        var answers: [Answer] = []
        for first in stride(from: 0, to: all.count, by: Self.jobsACall) {
            answers += try await send(all[first..<min(all.count, first + Self.jobsACall)])
        }
        guard answers.count == all.count else {
            throw RedisError(.protocolViolation, "Redis did not answer with one value for each job.")
        }
        return answers
    }
}
