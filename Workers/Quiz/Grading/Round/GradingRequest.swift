import Jobs

/// An attempt that a job asks to have graded.
struct GradingRequest: Sendable {
    enum Target: Sendable {
        case attempt(Int)
        case submission(Handed)
    }

    let target: Target
    let job: JobID

    /// Whether both bring the same attempt in their payloads: of two the second finds what the first has written.
    static func bringSame(_ one: GradingRequest, _ other: GradingRequest) -> Bool {
        guard case .submission(let one) = one.target, case .submission(let other) = other.target else { return false }
        return one.learner == other.learner && one.submission.attempt == other.submission.attempt
            && one.submission.quiz == other.submission.quiz
    }
}
