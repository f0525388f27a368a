package import Decimals

/// What the attempts of a learner come to together.
package struct FinalGrade: Sendable, Equatable {
    package var points: Decimal128
    package var maxPoints: Decimal128
    /// Points of the most there are, rounded at five places.
    package var fraction: Decimal128
    package var passed: Bool?
    package var letter: String?
    /// The number of the attempt that counts; nil for a mean.
    package var attempt: Int?
    /// How many attempts were looked at.
    package var attempts: Int
}
