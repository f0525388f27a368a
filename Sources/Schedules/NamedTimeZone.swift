/// A time zone by its name: how far its clocks are ahead of UTC, and from when to when.
public struct NamedTimeZone: Sendable, Equatable {
    /// Such as `Europe/Berlin`.
    public let name: String
    private let rules: TimeZoneRules

    init(name: String, rules: TimeZoneRules) {
        self.name = name
        self.rules = rules
    }

    public static let utc = NamedTimeZone(name: "UTC", rules: TimeZoneRules(firstOffset: 0))

    /// A stretch of time in which the clocks of the zone are not set.
    struct Period: Equatable {
        /// Seconds the clocks are ahead of UTC.
        var offset: Int
        /// The first instant, `Int.min` when there is none; seconds since 1970.
        var start: Int
        /// The first instant that is not in it any more, `Int.max` when there is none.
        var end: Int
    }

    func period(at time: UnixTime) -> Period { rules.period(at: time.seconds) }

    /// Seconds the clocks of the zone are ahead of UTC.
    public func offset(at time: UnixTime) -> Int { period(at: time).offset }

    func clock(at time: UnixTime) -> CivilTime { CivilTime(seconds: time.seconds + offset(at: time)) }

    /// `2026-11-22T03:00:00+01:00` (RFC 3339); seconds of an offset are left out.
    public func format(_ time: UnixTime) -> String {
        let (clock, minutes) = (clock(at: time), offset(at: time) / 60)
        let (date, second) = (clock.date, clock.secondOfDay)
        let day = "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))"
        let zone = "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60)):\(padded(abs(minutes) % 60))"
        return "\(day)T\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))\(zone)"
    }
}

private func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
