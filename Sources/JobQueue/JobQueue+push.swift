public import RedisClient

/// For jobs that another store keeps until it knows how they ended.
extension JobQueue {
    /// Jobs one call may name.
    public static let jobsAPush = 500

    /// What became of a job that was pushed.
    public enum PushAnswer: Sendable {
        case added
        /// It was there already.
        case known
        /// What was given is no job.
        case refused
    }

    /// Enqueues jobs in their order, each once however often it is pushed while it is tracked; at most ``jobsAPush``.
    /// - Parameter time: how long each is tracked after every change of its state.
    /// - Returns: the answers in the order of the jobs.
    /// - Throws: `RedisError`; with `.outOfMemory` and `.wrongType` none of the jobs was stored.
    public func push(_ jobs: [PushedJob], trackFor time: Duration) async throws(RedisError) -> [PushAnswer] {
        var pipeline = RedisPipeline()
        pipeline.reserve(jobs.reduce(128) { $0 + $1.args.utf8.count + 160 })
        begin("cw_push", arguments: 1 + 5 * jobs.count, in: &pipeline)
        pipeline.append(Int(time.milliseconds))
        for job in jobs {
            pipeline.append(job.token)
            pipeline.append(max(0, job.delayMilliseconds))
            pipeline.append(job.type)
            pipeline.append(job.args)
            pipeline.append(job.traceparent ?? "")
        }
        let answers = try await library.send(pipeline).elements.map { Self.answer($0.integer) }
        guard answers.count == jobs.count else { throw Self.unexpectedCount }
        return answers
    }

    private static func answer(_ number: Int?) -> PushAnswer {
        switch number {
        case 1: .added
        case 0: .known
        default: .refused
        }
    }

    /// Asks what became of tracked jobs, and tracks those that have not ended for longer; at most ``jobsAPush``.
    /// - Returns: in the order of the tokens; nil for a job that this server does not have.
    public func states(
        of tokens: [String], trackFor time: Duration
    ) async throws(RedisError) -> [JobState?] {
        var pipeline = RedisPipeline()
        begin("cw_states", arguments: 1 + tokens.count, in: &pipeline)
        pipeline.append(Int(time.milliseconds))
        for token in tokens { pipeline.append(token) }
        let states = try await library.send(pipeline).elements.map { Self.state($0.string ?? "") }
        guard states.count == tokens.count else { throw Self.unexpectedCount }
        return states
    }

    /// What this program does not know, a newer one wrote: it is not taken for lost.
    private static func state(_ text: String) -> JobState? { text.isEmpty ? nil : JobState(rawValue: text) ?? .active }

    /// Keeps state and result of jobs for so long at the most: their ends are noted elsewhere. At most ``jobsAPush``.
    public func untrack(_ tokens: [String], keepFor time: Duration) async throws(RedisError) {
        var pipeline = RedisPipeline()
        begin("cw_untrack", arguments: 1 + tokens.count, in: &pipeline)
        pipeline.append(Int(time.milliseconds))
        for token in tokens { pipeline.append(token) }
        _ = try await library.send(pipeline)
    }

    private static let unexpectedCount = RedisError(
        .protocolViolation, "Redis did not answer with one value for each job.")
}
