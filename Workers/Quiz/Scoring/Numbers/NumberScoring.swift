import Decimals

/// Scores a number with its unit, for all who have numbers.
enum NumberScoring {
    static func score(_ response: ResponseValue, _ answers: [AcceptedNumber], _ units: UnitTable) -> Score {
        guard case .text(let text) = response else { return .unreadable("is not a number") }
        guard let number = NumberText(text) else {
            return .unreadable("is \(InvalidDocument.quoted(text)), which is no number")
        }
        let (value, penalty) = units.convert(number)
        guard var score = answers.first(where: { $0.accepts(value) })?.score else { return .notAccepted }
        if !penalty.isZero, score.fraction > 0 {
            score.fraction = max(0, score.fraction - penalty)
            score.steps.append(ExplanationStep(.unit, value: penalty))
        }
        return score
    }
}
