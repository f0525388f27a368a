/// A rule that holds in every year: the TZ string of POSIX at the end of a zone's file, such as
/// `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 8536, 3.3).
struct YearlyTimeZoneRule: Sendable, Equatable {
    /// A time of a year at which the clocks are set.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// 1 to 365; 29 February is never counted.
            case julian(Int)
            /// 0 to 365.
            case zeroBased(Int)
            /// A day of the week (0 is Sunday) of a month; week 5 is its last one.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        var day: Day
        /// Since that day's midnight, by the clock before the change; may reach into other days.
        var seconds: Int
    }

    struct Daylight: Sendable, Equatable {
        /// Seconds ahead of UTC.
        var offset: Int
        var begins: Change
        var ends: Change
    }

    /// Seconds ahead of UTC.
    var standard: Int
    /// Nil for a zone whose clocks are not set.
    var daylight: Daylight?

    func period(at time: Int) -> NamedTimeZone.Period {
        guard let daylight else { return NamedTimeZone.Period(offset: standard, start: .min, end: .max) }
        let year = CivilTime(seconds: time + standard).date.year
        // A change may reach into the next year, or the one before.
        let changes = (year - 2...year + 2).flatMap { transitions(in: $0, daylight) }.sorted(by: Self.isBefore)
        let next = changes.firstIndex { $0.time > time } ?? changes.count - 1
        let last = changes[next - 1]
        return NamedTimeZone.Period(offset: last.offset, start: last.time, end: changes[next].time)
    }

    private func transitions(in year: Int, _ daylight: Daylight) -> [TimeZoneRules.Transition] {
        [
            .init(time: daylight.begins.clock(in: year).seconds - standard, offset: daylight.offset),
            .init(time: daylight.ends.clock(in: year).seconds - daylight.offset, offset: standard),
        ]
    }

    /// Where daylight saving lasts all year, it ends and begins at the same instant: then it goes on.
    private static func isBefore(_ left: TimeZoneRules.Transition, _ right: TimeZoneRules.Transition) -> Bool {
        (left.time, left.offset) < (right.time, right.offset)
    }
}

extension YearlyTimeZoneRule.Change {
    /// What the clocks show when they are set.
    fileprivate func clock(in year: Int) -> CivilTime {
        CivilTime(seconds: day.date(in: year).daysSince1970 * CivilTime.secondsADay + seconds)
    }
}

extension YearlyTimeZoneRule.Change.Day {
    fileprivate func date(in year: Int) -> CivilDate {
        let first = CivilDate(year: year, month: 1, day: 1)
        switch self {
        case .zeroBased(let days): return CivilDate(daysSince1970: first.daysSince1970 + days)
        case .julian(let day):
            let leapDay = first.isInLeapYear && day >= 60 ? 1 : 0
            return CivilDate(daysSince1970: first.daysSince1970 + day - 1 + leapDay)
        case .weekday(let month, let week, let weekday):
            var date = CivilDate(year: year, month: month, day: 1)
            date.day += (weekday - date.weekday + 7) % 7 + (week - 1) * 7
            if date.day > date.daysInMonth { date.day -= 7 }
            return date
        }
    }
}
