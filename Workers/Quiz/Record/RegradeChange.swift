package import Decimals

/// A grade that a regrade changed, or would.
package struct RegradeChange: Sendable {
    package struct Result: Sendable {
        package let points: Decimal128
        package let maxPoints: Decimal128
        package let passed: Bool?
        package let letter: String?
    }

    package let attempt: Int
    package let learner: String
    package let fromVersion: Int
    package let from: Result
    /// Nothing where it cannot be graded by the version.
    package let to: Result?
    package let error: String?
}
