import Decimals

/// The payload of `progress.update` and `certificate.issue`: what a learner has in a quiz now.
struct Progress: Encodable {
    let learner: String
    let quiz: String
    let course: String?
    /// The one that counts; none for a mean.
    let attempt: Int?
    /// Nothing while no attempt counts.
    let points: Decimal128?
    let maxPoints: Decimal128?
    let fraction: Decimal128?
    let passed: Bool?
    let letter: String?

    init(_ result: LearnerResult) {
        (learner, quiz, course, attempt) = (result.learner, result.quiz, result.course, result.attempt)
        (points, maxPoints, fraction) = (result.grade?.points, result.grade?.maxPoints, result.grade?.fraction)
        (passed, letter) = (result.grade?.passed, result.grade?.letter)
    }
}
