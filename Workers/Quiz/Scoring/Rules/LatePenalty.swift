package import Decimals

/// What handing in after the due date costs: Canvas' late policy.
///
/// For every started period a fraction of all points is taken off, but never below `lowest` of them. Points that are
/// there or lower already stay as they are.
package struct LatePenalty: Codable, Sendable, Equatable {
    /// Seconds since 1970, UTC.
    package var dueAt: Int
    /// Seconds after the due date that are forgiven; one later, and the lateness counts from the due date.
    package var grace: Int
    package var fraction: Decimal128
    package var every: LatePeriod
    package var lowest: Decimal128

    package init(dueAt: Int, grace: Int = 0, fraction: Decimal128, every: LatePeriod = .day, lowest: Decimal128 = 0) {
        self.dueAt = dueAt
        self.grace = grace
        self.fraction = fraction
        self.every = every
        self.lowest = lowest
    }

    private enum CodingKeys: CodingKey, CaseIterable { case dueAt, grace, fraction, every, lowest }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        dueAt = try fields.required(.dueAt)
        grace = try fields.optional(.grace, else: 0)
        fraction = try fields.required(.fraction)
        every = try fields.choice(.every, else: .day)
        lowest = try fields.optional(.lowest, else: 0)
    }
}
