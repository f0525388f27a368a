import Testing

@testable import Schedules

/// What `next` finds, found the slow way: by looking at the clock every minute.
@Suite("Fire times")
struct NextTests {
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    ]
    private static let lines = [
        "* * * * *", "0 * * * *", "*/7 * * * *", "45 * * * *", "30 2 * * *", "0 0 * * *", "*/20 1-3 * * *",
        "0 */2 * * *", "15 1,2,23 * * *", "0 0,12 */2 * *", "59 23 * * sun", "0 1 * 3,10 sun", "30 1 1-7 4,11 *",
    ]

    @Test(arguments: zones)
    func `are those of a clock that is looked at every minute, for the days around each change of a year`(
        zone: String
    ) throws {
        let zone = try Zones.named(zone)
        let year = try (UnixTime("2011-01-01T00:00:00Z"), UnixTime("2012-01-01T00:00:00Z"))
        var changes: [UnixTime] = []
        var period = zone.period(at: year.0)
        while period.end < year.1.seconds {
            changes.append(UnixTime(seconds: period.end))
            period = zone.period(at: changes[changes.count - 1])
        }
        #expect(changes.count >= 2)
        for (change, line) in changes.flatMap({ change in Self.lines.map { (change, $0) } }) {
            let cron = try CronExpression(line)
            let schedule = Schedule(name: "s", cron: cron, timeZone: zone, type: "a.b")
            let (start, end) = (change.seconds - 2 * 86_400 - 17, change.seconds + 2 * 86_400)
            let found = schedule.fireTimes(
                after: UnixTime(seconds: start), through: UnixTime(seconds: end), most: .max)
            #expect(found == Self.slowly(cron, zone, after: start, through: end), "\(line)")
        }
    }

    /// By looking at the clock in every minute: what it has passed by then is fired.
    private static func slowly(
        _ cron: CronExpression, _ zone: NamedTimeZone, after start: Int, through end: Int
    ) -> [UnixTime] {
        var times: [UnixTime] = []
        var next = cron.next(after: zone.clock(at: UnixTime(seconds: start)))
        let firstMinute = (start / 60 + 1) * 60
        for time in stride(from: firstMinute, through: end, by: 60).map(UnixTime.init(seconds:)) {
            let clock = zone.clock(at: time)
            if cron.firesInEveryHour {
                if cron.next(after: CivilTime(seconds: clock.seconds - 60)) == clock { times.append(time) }
            } else if let due = next, due <= clock {
                times.append(time)
                next = cron.next(after: clock)
            }
        }
        return times
    }

    private func schedule(_ line: String, missed: MissedFireTimes = .latest) throws -> Schedule {
        Schedule(name: "s", cron: try CronExpression(line), missed: missed, type: "a.b")
    }

    private func minutes(_ times: [UnixTime], before now: UnixTime) -> [Int] {
        times.map { (now.seconds - $0.seconds) / 60 }
    }

    @Test func `of the missed ones it depends on the rule which are due`() throws {
        let now = try UnixTime("2026-06-01T12:00:30Z")
        let hourAgo = UnixTime(seconds: now.seconds - 3600)
        #expect(minutes(try schedule("*/20 * * * *").due(after: hourAgo, at: now), before: now) == [0])
        #expect(
            minutes(try schedule("*/20 * * * *", missed: .all).due(after: hourAgo, at: now), before: now) == [
                40, 20, 0,
            ])
        #expect(minutes(try schedule("*/20 * * * *", missed: .skip).due(after: hourAgo, at: now), before: now) == [0])
        let later = UnixTime(seconds: now.seconds + 31)
        #expect(minutes(try schedule("*/20 * * * *").due(after: hourAgo, at: later), before: later) == [1])
        #expect(try schedule("*/20 * * * *", missed: .skip).due(after: hourAgo, at: later) == [])
        for rule in MissedFireTimes.allCases {
            #expect(try schedule("*/20 * * * *", missed: rule).due(after: now, at: later) == [])
        }
    }

    @Test func `a minute late is not missed, a second more is`() throws {
        let fired = try UnixTime("2026-06-01T12:00:00Z")
        let before = UnixTime(seconds: fired.seconds - 1)
        let skip = try schedule("0 12 * * *", missed: .skip)
        #expect(skip.due(after: before, at: UnixTime(seconds: fired.seconds + 60)) == [fired])
        #expect(skip.due(after: before, at: UnixTime(seconds: fired.seconds + 61)) == [])
    }

    @Test func `no more than the newest thousand are made up`() throws {
        let now = try UnixTime("2026-06-01T12:00:30Z")
        let yearAgo = UnixTime(seconds: now.seconds - 365 * 86_400)
        let due = try schedule("* * * * *", missed: .all).due(after: yearAgo, at: now)
        #expect(minutes(due, before: now) == Array((0..<1000).reversed()))
    }

    @Test func `all missed ones of a line that fires once a year are found`() throws {
        let due = try schedule("@yearly", missed: .all).due(
            after: UnixTime("2000-06-01T00:00:00Z"), at: UnixTime("2026-06-01T00:00:00Z"))
        #expect(due.count == 26)
        #expect(due.first == (try UnixTime("2001-01-01T00:00:00Z")))
    }

    @Test func `a fire time is found in a few steps, however far it is`() throws {
        // Minute by minute this would be a billion steps, and no test would end.
        let cron = try schedule("0 0 29 2 */7")
        var time = UnixTime(seconds: 0)
        for _ in 0..<2000 {
            time = try #require(cron.next(after: time))
        }
        #expect(time.seconds > 50_000 * 31_536_000)
    }
}
