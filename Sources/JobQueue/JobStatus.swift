public import Jobs
public import RedisClient

/// What is known of a tracked job.
public struct JobStatus: Sendable, Equatable {
    /// A ``JobState``. One that runs is `ready` until it reports progress.
    public var state: String
    public var type: String
    public var attempt: Int
    /// 0 to 1.
    public var progress: Double
    /// When it is expected to be done, in ms since 1970 by the clock of Redis; nil when its handler does not say, and when
    /// it has ended.
    public var etaMilliseconds: Int?
    /// Until then, when this was asked; zero when it takes longer than was expected.
    public var remaining: Duration?
    /// JSON of a done job, the reason of a discarded one.
    public var result: String?
    public var error: String?
    /// Why a dead job died.
    public var reason: String?

    public var hasEnded: Bool { JobState(rawValue: state)?.hasEnded ?? false }
}

extension JobQueue {
    /// Nil for a job that is not tracked, or whose time is over.
    public func status(of id: JobID) async throws(RedisError) -> JobStatus? {
        var pipeline = RedisPipeline("TIME")
        pipeline.add("HGETALL", keys.job(id.token))
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        var answers = reply.values
        let time = answers.next()?.elements.compactMap(\.integer) ?? []
        let fields = Self.dictionary(answers.next())
        let eta = fields["eta"].flatMap { Int($0) }
        guard let state = fields["state"] else { return nil }
        return JobStatus(
            state: state, type: fields["type"] ?? "", attempt: Int(fields["attempt"] ?? "") ?? 1,
            progress: Double(fields["progress"] ?? "") ?? 0, etaMilliseconds: eta,
            remaining: Self.remaining(until: eta, now: time.count == 2 ? time[0] * 1000 + time[1] / 1000 : nil),
            result: fields["result"].flatMap { $0.isEmpty ? nil : $0 },
            error: fields["error"].flatMap { $0.isEmpty ? nil : $0 }, reason: fields["reason"])
    }

    static func remaining(until eta: Int?, now: Int?) -> Duration? {
        guard let eta, let now else { return nil }
        return .milliseconds(max(0, eta - now))
    }

    /// Waits until a tracked job has ended. Redis wakes us; nothing polls.
    /// - Parameters:
    ///   - waiting: a client for this alone, since waiting blocks it.
    /// - Returns: nil when the time was over first, or the job is not tracked.
    public func waitForEnd(
        of id: JobID, for time: Duration, through waiting: RedisClient
    ) async throws(RedisError) -> JobStatus? {
        if let status = try await status(of: id), status.hasEnded { return status }
        var pipeline = RedisPipeline()
        // Moves the element to where it is: every waiter sees it, and it stays for the next.
        let end = keys.end(of: id.token)
        pipeline.add("BLMOVE", end, end, "LEFT", "LEFT", "\(max(0.001, time.seconds))")
        if let error = try await waiting.send(pipeline, blocking: time).firstError { throw error }
        guard let status = try await status(of: id), status.hasEnded else { return nil }
        return status
    }
}
