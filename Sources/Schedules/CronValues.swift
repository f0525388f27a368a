/// The values a field of a line allows: a set of small numbers.
struct CronValues: Sendable, Equatable {
    private var bits: UInt64 = 0
    /// Whether the field begins with `*`: for crontab(5) it is not restricted then, even with a step.
    let beginsWithStar: Bool

    init(beginsWithStar: Bool) { self.beginsWithStar = beginsWithStar }

    mutating func insert(_ value: Int) { bits |= 1 << UInt64(value) }

    func contains(_ value: Int) -> Bool { bits & (1 << UInt64(value)) != 0 }

    var count: Int { bits.nonzeroBitCount }

    /// The least value that is not below `least`.
    func first(from least: Int) -> Int? {
        guard least < UInt64.bitWidth else { return nil }
        let rest = bits >> UInt64(least)
        return rest == 0 ? nil : least + rest.trailingZeroBitCount
    }
}
