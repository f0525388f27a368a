package import Decimals

/// What is known of a graded attempt when several are combined.
package struct AttemptScore: Sendable, Equatable {
    /// From 1.
    package var attempt: Int
    package var status: GradeStatus
    package var points: Decimal128
    package var maxPoints: Decimal128

    package init(attempt: Int, status: GradeStatus, points: Decimal128, maxPoints: Decimal128) {
        self.attempt = attempt
        self.status = status
        self.points = points
        self.maxPoints = maxPoints
    }

    package init(_ grade: Grade) {
        self.init(attempt: grade.attempt, status: grade.status, points: grade.points, maxPoints: grade.maxPoints)
    }
}
