package import Decimals

/// One rule that was applied, with its numbers.
package struct ExplanationStep: Codable, Sendable, Equatable {
    package var rule: AppliedRule
    /// How many were right, or were counted.
    package var count: Int?
    /// Of how many.
    package var total: Int?
    /// How many were wrong.
    package var wrong: Int?
    package var value: Decimal128?
    /// What it is about: a gap, a problem.
    package var subject: String?

    init(
        _ rule: AppliedRule, _ count: Int? = nil, of total: Int? = nil, wrong: Int? = nil, value: Decimal128? = nil,
        subject: String? = nil
    ) {
        self.rule = rule
        self.count = count
        self.total = total
        self.wrong = wrong
        self.value = value
        self.subject = subject
    }
}
