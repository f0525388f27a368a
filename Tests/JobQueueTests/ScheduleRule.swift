import JobQueue
import RedisClient
import Schedules
import TestSupport
import Testing

/// What the Redis functions promise of fire times.
enum ScheduleRule: String, CaseIterable, CustomTestStringConvertible {
    case `a fire time becomes one job`
    case `a fire time before the last is not fired`
    case `a fire time that has not come waits`
    case `a paused schedule fires nothing`
    case `what passed in a pause is settled`
    case `what passed in a pause without workers is settled by its end`
    case `a schedule begins when it is first seen`
    case `a forgotten schedule begins anew`

    var testDescription: String { rawValue }

    func holds(in q: TestQueue) async throws -> Bool {
        let site = try await ScheduleSite(q)
        switch self {
        case .`a fire time becomes one job`:
            let fired = [try await site.fired(10), try await site.fired(10)]
            return try await site.has(jobs: 1) ? fired == [[10], []] : false
        case .`a fire time before the last is not fired`:
            let fired = [try await site.fired(5), try await site.fired(10, 7)]
            return try await site.has(jobs: 1) ? fired == [[5], []] : false
        case .`a fire time that has not come waits`:
            let state = try await site.fire(1, -10)
            return state.jobs.count == 1 && state.settledThrough == site.time(1) && state.lastFired == site.time(1)
        case .`a paused schedule fires nothing`:
            try await q.queue.pause(schedule: "s")
            try await site.fire(5)
            return try await site.has(jobs: 0)
        case .`what passed in a pause is settled`:
            try await q.queue.pause(schedule: "s")
            let state = try await site.fire(5)
            return state.isPaused && state.settledThrough == site.time(5) && state.lastFired == nil
        case .`what passed in a pause without workers is settled by its end`:
            try await q.queue.pause(schedule: "s")
            try await q.queue.resume(schedule: "s")
            try await site.fire(5)
            return try await site.has(jobs: 0)
        case .`a schedule begins when it is first seen`:
            _ = try await q.queue.fire(ScheduleSite.schedule("other"), at: [site.time(5)])
            return try await site.has(jobs: 0)
        case .`a forgotten schedule begins anew`:
            try await site.forget()
            try await site.fire(5)
            return try await site.has(jobs: 0)
        }
    }
}

/// A schedule that has been there for an hour and has not fired yet.
struct ScheduleSite {
    let q: TestQueue
    let schedule: Schedule
    /// When it was made, by the clock of Redis.
    let now: UnixTime

    static func schedule(_ name: String, line: String = "* * * * *") throws -> Schedule {
        Schedule(name: name, cron: try CronExpression(line), type: "t.x", queue: "q", args: Array(#"{"a":1}"#.utf8))
    }

    init(_ q: TestQueue, name: String = "s") async throws {
        self.q = q
        schedule = try Self.schedule(name)
        // What has been in sight for long began long ago; Redis says how late it is.
        let now = UnixTime(milliseconds: try await q.queue.statuses(ofSchedules: []).now.milliseconds)
        _ = try await q.queue.fire(schedule, inSightSince: UnixTime(seconds: now.seconds - 3600))
        self.now = now
    }

    /// So many minutes ago.
    func time(_ minutes: Int) -> UnixTime { UnixTime(seconds: now.seconds - minutes * 60) }

    @discardableResult
    func fire(_ minutes: Int...) async throws -> JobQueue.ScheduleState {
        try await q.queue.fire(schedule, at: minutes.map(time))
    }

    /// - Returns: how many minutes ago the times were that became jobs.
    func fired(_ minutes: Int...) async throws -> [Int] {
        let state = try await q.queue.fire(schedule, at: minutes.map(time))
        return state.jobs.compactMap { job in
            Int(job.token.split(separator: "-").last ?? "").map { (now.milliseconds - $0) / 60_000 }
        }
    }

    func has(jobs count: Int) async throws -> Bool { try await q.queue.statistics().ready == count }

    /// Makes it one of which nobody spoke for 31 days.
    func forget() async throws {
        let old = String(now.milliseconds - 31 * 86_400_000)
        for field in try await fields.keys where field.contains(":line:") {
            _ = try await q.client.call("HSET", q.queue.keys.schedules, field, "\(old) \(old)")
        }
    }

    var fields: [String: String] {
        get async throws {
            var fields: [String: String] = [:]
            var parts = try await q.client.call("HGETALL", q.queue.keys.schedules).elements
            while let name = parts.next()?.string, let value = parts.next()?.string { fields[name] = value }
            return fields
        }
    }
}
