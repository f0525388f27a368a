public import Jobs
public import RedisClient
public import Schedules

/// Fires schedules, each fire time once whoever comes first.
extension JobQueue {
    /// Fire times that one call of ``fire(_:at:settling:inSightSince:)`` takes.
    public static let fireTimesACall = 100

    /// What Redis knows of a schedule after it was spoken of.
    public struct ScheduleState: Sendable, Equatable {
        /// By the clock of Redis, in milliseconds since 1970.
        public let now: Int
        /// The last fire time that became a job.
        public let lastFired: UnixTime?
        /// No fire time up to this one will become a job any more.
        public let settledThrough: UnixTime
        public let isPaused: Bool
        /// The jobs that this call enqueued.
        public let jobs: [JobID]
    }

    /// Enqueues a job for each of the fire times, unless somebody did, it has not come yet by the clock of Redis, or the
    /// schedule is paused. Without times it asks how far the schedule is.
    /// - Parameters:
    ///   - times: at most ``fireTimesACall``, the earliest first.
    ///   - settled: fire times up to this one that are not among the times are not to be fired any more.
    ///   - begun: what an earlier call said is settled; nil for a worker that begins. A schedule that Redis does not know
    ///     starts there, or now.
    public func fire(
        _ schedule: Schedule, at times: some Collection<UnixTime> = [], settling settled: UnixTime? = nil,
        inSightSince begun: UnixTime? = nil
    ) async throws(RedisError) -> ScheduleState {
        var pipeline = RedisPipeline()
        begin("cw_fire", arguments: 6 + times.count, in: &pipeline)
        pipeline.append(schedule.name)
        pipeline.append(schedule.line)
        pipeline.append(schedule.type.name)
        pipeline.append(vault.seal(schedule.args, of: schedule.type.name))
        pipeline.append(max(0, begun?.milliseconds ?? 0))
        pipeline.append(max(0, settled?.milliseconds ?? 0))
        for time in times { pipeline.append(time.milliseconds) }
        return try state(from: try await library.send(pipeline))
    }

    private func state(from answer: RedisValue) throws(RedisError) -> ScheduleState {
        var elements = answer.elements
        guard let now = elements.next()?.integer, let last = elements.next()?.integer,
            let settled = elements.next()?.integer, let paused = elements.next()?.integer,
            let tokens = elements.next()?.elements
        else { throw RedisError(.protocolViolation, "cw_fire did not answer with the state of a schedule.") }
        return ScheduleState(
            now: now, lastFired: Self.fired(last), settledThrough: UnixTime(milliseconds: settled),
            isPaused: paused == 1, jobs: tokens.compactMap { JobID(queue: name, token: $0.string ?? "") })
    }

    private static func fired(_ milliseconds: Int) -> UnixTime? {
        milliseconds > 0 ? UnixTime(milliseconds: milliseconds) : nil
    }

    // MARK: For people

    /// What a person may want to know of a schedule.
    public struct ScheduleStatus: Sendable, Equatable {
        public let lastFired: UnixTime?
        public let isPaused: Bool
    }

    /// - Returns: the time by the clock of Redis, and what it knows of the schedules, in the order of their names.
    public func statuses(
        ofSchedules names: [String]
    ) async throws(RedisError) -> (now: UnixTime, schedules: [ScheduleStatus]) {
        var pipeline = RedisPipeline()
        begin("cw_schedules", arguments: names.count, in: &pipeline)
        for name in names { pipeline.append(name) }
        let numbers = try await library.send(pipeline).elements.compactMap(\.integer)
        guard numbers.count == 1 + 2 * names.count else {
            throw RedisError(.protocolViolation, "cw_schedules did not answer with two numbers for each schedule.")
        }
        let schedules = names.indices.map { index in
            ScheduleStatus(lastFired: Self.fired(numbers[1 + 2 * index]), isPaused: numbers[2 + 2 * index] > 0)
        }
        return (UnixTime(milliseconds: numbers[0]), schedules)
    }

    /// No fire time of it becomes a job until it is resumed; those in between never do.
    /// - Returns: false when it was paused before.
    @discardableResult
    public func pause(schedule name: String) async throws(RedisError) -> Bool {
        try await call("cw_pause_schedule", name).integer == 1
    }

    /// - Returns: false when it was not paused.
    @discardableResult
    public func resume(schedule name: String) async throws(RedisError) -> Bool {
        try await call("cw_resume_schedule", name).integer == 1
    }
}
