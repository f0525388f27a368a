package import JobQueue
package import Schedules

/// One schedule as `schedules --json` prints it.
package struct ScheduleReport: Codable {
    package let cron: String
    package let timeZone: String
    package let type: String
    package let queue: String
    package let missed: String
    /// The last fire time that became a job, with the offset of the zone; nil when there was none.
    package let last: String?
    /// The next fire time, also of a paused schedule; nil when there is none within forty years.
    package let next: String?
    package let paused: Bool

    package init(_ schedule: Schedule, _ status: JobQueue.ScheduleStatus, now: UnixTime) {
        let zone = schedule.timeZone
        cron = schedule.cron.description
        timeZone = zone.name
        type = schedule.type.name
        queue = schedule.queue.name
        missed = schedule.missed.rawValue
        last = status.lastFired.map(zone.format)
        next = schedule.next(after: now).map(zone.format)
        paused = status.isPaused
    }
}
