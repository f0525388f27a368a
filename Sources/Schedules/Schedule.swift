public import Jobs

/// A job that is enqueued again and again by the clock.
public struct Schedule: Sendable, Equatable {
    /// 1 to 64 lower-case letters, digits, `_` and `-`.
    public let name: String
    public let cron: CronExpression
    public let timeZone: NamedTimeZone
    public let missed: MissedFireTimes
    public let type: JobType
    public let queue: QueueName
    /// The payload of every job: a JSON text.
    public let args: [UInt8]

    public init(
        name: String, cron: CronExpression, timeZone: NamedTimeZone = .utc, missed: MissedFireTimes = .latest,
        type: JobType, queue: QueueName = .default, args: [UInt8] = Array("{}".utf8)
    ) {
        self.name = name
        self.cron = cron
        self.timeZone = timeZone
        self.missed = missed
        self.type = type
        self.queue = queue
        self.args = args
    }

    /// What decides when it fires: a schedule with another line is a new one.
    public var line: String { "\(cron) \(timeZone.name)" }

    // MARK: Fire times

    /// The first fire time after an instant; nil when there is none within forty years.
    ///
    /// What happens when clocks are set: a line that fires in every hour (its hour is `*`) fires by elapsed time, at
    /// every instant at which the clock shows a minute of it. Any other line names times of the day, and each of them
    /// fires once: one that the clock skips at the first instant after the gap, one that it shows twice the first time.
    public func next(after time: UnixTime) -> UnixTime? {
        cron.firesInEveryHour ? nextOnTheClock(after: time) : nextNamed(after: time)
    }

    /// The newest fire times of a span, the oldest of them first.
    /// - Parameters:
    ///   - start: the first instant that is not in the span any more, before it.
    ///   - end: the last instant of the span.
    public func fireTimes(after start: UnixTime, through end: UnixTime, most: Int) -> [UnixTime] {
        // Looked for in ever longer spans before the end, so that a long outage of a busy line costs no more.
        var length = 3600
        while true {
            let from = max(start, UnixTime(seconds: end.seconds - length))
            let times = allFireTimes(after: from, through: end)
            if times.count >= most || from == start { return times.suffix(most) }
            length *= 2
        }
    }

    private func allFireTimes(after start: UnixTime, through end: UnixTime) -> [UnixTime] {
        var times: [UnixTime] = []
        var time = start
        while let next = next(after: time), next <= end {
            times.append(next)
            time = next
        }
        return times
    }

    /// Of the fire times of a span, those that are to be fired at its end, the oldest first.
    public func due(after start: UnixTime, at now: UnixTime) -> [UnixTime] {
        switch missed {
        case .skip:
            let start = max(start, UnixTime(seconds: now.seconds - MissedFireTimes.grace - 1))
            return fireTimes(after: start, through: now, most: MissedFireTimes.most)
        case .latest: return fireTimes(after: start, through: now, most: 1)
        case .all: return fireTimes(after: start, through: now, most: MissedFireTimes.most)
        }
    }
}

extension Schedule {
    /// The first instant after this one at which the clock shows a minute of the line.
    private func nextOnTheClock(after time: UnixTime) -> UnixTime? {
        var period = timeZone.period(at: time)
        var shown = CivilTime(seconds: time.seconds + period.offset)
        while let minute = cron.next(after: shown) {
            let instant = minute.seconds - period.offset
            if instant < period.end { return UnixTime(seconds: instant) }
            let end = UnixTime(seconds: period.end)
            period = timeZone.period(at: end)
            shown = CivilTime(seconds: end.seconds + period.offset - 1)
        }
        return nil
    }

    /// The first instant at which the clock shows the line's next minute or a later one, seen from the latest that it has
    /// shown so far: so it fires once in a gap, and once in an hour that comes twice.
    private func nextNamed(after time: UnixTime) -> UnixTime? {
        guard let minute = cron.next(after: latestShown(until: time)) else { return nil }
        var period = timeZone.period(at: time)
        while minute.seconds - period.offset >= period.end {
            period = timeZone.period(at: UnixTime(seconds: period.end))
        }
        return UnixTime(seconds: max(period.start, minute.seconds - period.offset))
    }

    /// No clock is set by more than a day.
    private static let longestShift = 2 * CivilTime.secondsADay

    /// The latest that the clock showed until then: more than it shows now, when it was set back.
    private func latestShown(until time: UnixTime) -> CivilTime {
        var period = timeZone.period(at: time)
        var latest = time.seconds + period.offset
        while period.start > time.seconds - Self.longestShift {
            let last = period.start - 1
            period = timeZone.period(at: UnixTime(seconds: last))
            latest = max(latest, last + period.offset)
        }
        return CivilTime(seconds: latest)
    }
}
