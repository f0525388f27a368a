internal import JobQueue
internal import Jobs
internal import Platform
internal import Schedules

/// What a worker knows of a schedule that it fires.
struct WatchedSchedule {
    let schedule: Schedule
    /// The index of its queue among the worker's.
    let queue: Int
    /// No fire time up to this one is to be fired any more; nil until Redis has said so.
    private(set) var settled: UnixTime?
    /// When it fires next.
    private(set) var next: UnixTime?
    /// When Redis was last asked about it.
    private(set) var asked = MonotonicTime(nanoseconds: 0)

    /// A schedule is spoken of at least this often, so that it is not forgotten.
    static let askEvery = Duration.seconds(3600)

    init(_ schedule: Schedule, queue: Int) {
        self.schedule = schedule
        self.queue = queue
    }

    /// Whether it is time to ask without a fire time: at the beginning, and now and then.
    func isUnsure(at now: MonotonicTime) -> Bool { settled == nil || now.since(asked) >= Self.askEvery }

    /// The fire times that have come: those to be fired, and the last of all.
    func due(at now: UnixTime) -> (times: [UnixTime], last: UnixTime)? {
        guard let settled, let next, next <= now else { return nil }
        let last = schedule.fireTimes(after: settled, through: now, most: 1).last ?? next
        return (schedule.due(after: settled, at: now), last)
    }

    mutating func note(_ state: JobQueue.ScheduleState) {
        asked = .now
        if settled != state.settledThrough { next = schedule.next(after: state.settledThrough) }
        settled = state.settledThrough
    }
}
