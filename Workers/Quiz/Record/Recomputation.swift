package import QuizStatistics

/// Sums that were computed anew.
package struct Recomputation: Sendable {
    package let sums: QuizSums
    /// Of the same attempts.
    package let efficiency: DiscriminativeEfficiency
    /// Whether the sums that were kept are the same to the last digit.
    package let wasRight: Bool
}
