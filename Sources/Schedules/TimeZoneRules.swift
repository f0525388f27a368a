/// When the clocks of a zone are set, and what they show: a list up to some instant, a yearly rule from there on.
struct TimeZoneRules: Sendable, Equatable {
    struct Transition: Sendable, Equatable {
        /// Seconds since 1970.
        var time: Int
        /// Seconds ahead of UTC from then on.
        var offset: Int
    }

    /// The offset before the first transition.
    var firstOffset: Int
    /// In the order of time.
    var transitions: [Transition] = []
    /// What holds from the last transition on; without one, its offset stays.
    var rule: YearlyTimeZoneRule?

    func period(at time: Int) -> NamedTimeZone.Period {
        let next = firstTransition(after: time)
        let last = next > 0 ? transitions[next - 1] : Transition(time: .min, offset: firstOffset)
        guard next == transitions.count, let rule else {
            let end = next < transitions.count ? transitions[next].time : .max
            return NamedTimeZone.Period(offset: last.offset, start: last.time, end: end)
        }
        var period = rule.period(at: time)
        period.start = max(period.start, last.time)
        return period
    }

    private func firstTransition(after time: Int) -> Int {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
