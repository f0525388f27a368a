public import RedisClient
public import Schedules

extension JobQueue {
    /// How far a schedule of the queue is.
    public struct ScheduleProgress: Sendable, Equatable {
        /// The last fire time that became a job.
        public var lastFired: UnixTime?
        /// No fire time up to this one will become a job any more; nil while no worker has spoken of the schedule.
        public var settled: UnixTime?
        public var isPaused = false

        public init() {}

        /// How long its first fire time has passed that nobody has settled: zero for one that is paused, nil for one of which
        /// nobody has spoken.
        public func overdue(_ schedule: Schedule, at now: UnixTime) -> Duration? {
            guard let settled else { return nil }
            guard !isPaused, let next = schedule.next(after: settled), next < now else { return .zero }
            return .seconds(now.seconds - next.seconds)
        }
    }

    /// How far those of the queue are that workers have spoken of, by name and line.
    public func progress(of schedules: [Schedule]) async throws(RedisError) -> [String: ScheduleProgress] {
        var elements = try await client.call("HGETALL", keys.schedules).elements
        var fields: [String: String] = [:]
        while let name = elements.next()?.string, let value = elements.next()?.string { fields[name] = value }
        return Dictionary(
            schedules.map { ($0.name, Self.progress(of: $0, fields)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads what schedule.lua writes.
    private static func progress(of schedule: Schedule, _ fields: [String: String]) -> ScheduleProgress {
        func time(_ text: (some StringProtocol)?) -> UnixTime? {
            text.flatMap { Int($0) }.flatMap { $0 > 0 ? UnixTime(milliseconds: $0) : nil }
        }
        var progress = ScheduleProgress()
        progress.lastFired = time(fields[schedule.name])
        progress.isPaused = fields["\(schedule.name):paused"] != nil
        // Each line has its own beginning; which of them this one is, only Redis can say.
        let lines = fields.filter { $0.key.hasPrefix("\(schedule.name):line:") }
        let begun = lines.values.compactMap { time($0.split(separator: " ").first) }.max()
        if let begun { progress.settled = max(begun, time(fields["\(schedule.name):through"]) ?? begun) }
        return progress
    }
}
