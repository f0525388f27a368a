/// What a clock on the wall shows, with the date; not an instant, for a clock that is set back shows it twice.
struct CivilTime: Hashable, Comparable {
    /// Since 1 January 1970, 00:00, on that clock.
    var seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    init(_ date: CivilDate, minuteOfDay: Int) {
        seconds = date.daysSince1970 * Self.secondsADay + minuteOfDay * 60
    }

    static let secondsADay = 86_400

    var date: CivilDate { CivilDate(daysSince1970: seconds.flooredQuotient(dividingBy: Self.secondsADay)) }

    var secondOfDay: Int { seconds - seconds.flooredQuotient(dividingBy: Self.secondsADay) * Self.secondsADay }
    var minuteOfDay: Int { secondOfDay / 60 }

    /// The first whole minute after it.
    var nextMinute: CivilTime { CivilTime(seconds: (seconds.flooredQuotient(dividingBy: 60) + 1) * 60) }

    static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
}
