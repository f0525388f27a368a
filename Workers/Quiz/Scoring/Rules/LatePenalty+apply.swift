import Decimals

extension LatePenalty {
    /// For example 10 % a day: two days late, and 10 points of 10 become 8. 1.3 days are two.
    func apply(to grade: inout Grade, _ submission: Submission) {
        guard let submittedAt = submission.submittedAt else { return }
        let (due, isBeyond) = dueAt.addingReportingOverflow(max(0, submission.extensionTime))
        let (lateness, isFar) = submittedAt.subtractingReportingOverflow(due)
        guard !isBeyond, !isFar, lateness > grace else { return }
        let periods = (lateness - 1) / every.seconds + 1
        let floor = lowest * grade.maxPoints
        guard grade.points > floor else { return }
        let deduction = min(Decimal128(periods) * fraction * grade.maxPoints, grade.points - floor)
        guard !deduction.isZero else { return }
        grade.points -= deduction
        let unit = periods == 1 ? every.rawValue : "\(every.rawValue)s"
        grade.steps.append(ExplanationStep(.latePenalty, periods, value: deduction, subject: unit))
    }
}
