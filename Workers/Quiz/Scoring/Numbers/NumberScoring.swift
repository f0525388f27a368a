import Decimals

/// Scores a number with its unit, for all who have numbers.
enum NumberScoring {
    /// - Parameter given: what the question was for this learner.
    static func score(
        _ response: ResponseValue, _ answers: [AcceptedNumber], _ units: UnitTable, given: ExplanationStep? = nil
    ) -> Score {
        guard case .text(let text) = response else { return .unreadable("is not a number") }
        guard let number = NumberText(text) else {
            return .unreadable("is \(InvalidDocument.quoted(text)), which is no number")
        }
        let (value, penalty) = units.convert(number)
        guard let answer = answers.first(where: { $0.accepts(value) }) else {
            return score(0, ExplanationStep(.noAcceptedAnswer), given)
        }
        var score = score(
            answer.fraction, ExplanationStep(.acceptedAnswer, value: answer.fraction), given, feedback: answer.feedback)
        if !penalty.isZero, answer.fraction > 0 {
            score.fraction = max(0, answer.fraction - penalty)
            score.steps.append(ExplanationStep(.unit, value: penalty))
        }
        return score
    }

    private static func score(
        _ fraction: Decimal128, _ step: ExplanationStep, _ given: ExplanationStep?, feedback: [String] = []
    ) -> Score {
        Score(fraction, steps: given.map { [$0, step] } ?? [step], feedback: feedback)
    }
}
