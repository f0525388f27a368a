import JobQueue
import Schedules

/// One schedule as `schedules --json` prints it.
struct ScheduleReport: Encodable {
    let cron: String
    let timeZone: String
    let type: String
    let queue: String
    let missed: String
    /// The last fire time that became a job, with the offset of the zone; null when there was none.
    let last: String?
    /// The next fire time, also of a paused schedule; null when there is none within forty years.
    let next: String?
    let paused: Bool

    enum CodingKeys: String, CodingKey {
        case cron, type, queue, missed, last, next, paused
        case timeZone = "time_zone"
    }

    init(_ schedule: Schedule, _ status: JobQueue.ScheduleStatus, now: UnixTime) {
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

    /// What is not there is null, so that every report has the same keys.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(cron, forKey: .cron)
        try container.encode(timeZone, forKey: .timeZone)
        try container.encode(type, forKey: .type)
        try container.encode(queue, forKey: .queue)
        try container.encode(missed, forKey: .missed)
        try container.encode(last, forKey: .last)
        try container.encode(next, forKey: .next)
        try container.encode(paused, forKey: .paused)
    }
}
