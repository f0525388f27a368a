import Decimals

extension TimeLimit {
    /// Nothing is known about the time of a submission that does not say when it began and ended.
    func apply(to grade: inout Grade, _ submission: Submission) {
        guard let startedAt = submission.startedAt, let submittedAt = submission.submittedAt else { return }
        let (duration, isFar) = submittedAt.subtractingReportingOverflow(startedAt)
        let (allowed, isEndless) = seconds.addingReportingOverflow(max(0, submission.extraTime))
        let (end, hasNoEnd) = allowed.addingReportingOverflow(grace)
        guard !isEndless, !hasNoEnd, isFar ? submittedAt > startedAt : duration > end else { return }
        grade.status = .overdue
        grade.points = 0
        grade.steps.append(ExplanationStep(.overdue, isFar ? nil : duration - allowed))
    }
}
