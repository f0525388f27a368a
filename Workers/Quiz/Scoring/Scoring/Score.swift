import Decimals

/// What one response is worth before the rules of the quiz.
struct Score {
    /// Of the question's points.
    var fraction: Decimal128
    var status = GradeStatus.graded
    var steps: [ExplanationStep]
    var feedback: [String] = []
    /// Whether there was nothing to score: what is left out or cannot be read is no try, and not wrong with certainty.
    var isUnanswered = false

    init(_ fraction: Decimal128, _ steps: ExplanationStep..., feedback: [String] = []) {
        self.init(fraction, steps: steps, feedback: feedback)
    }

    init(_ fraction: Decimal128, steps: [ExplanationStep], feedback: [String] = []) {
        self.fraction = fraction
        self.steps = steps
        self.feedback = feedback
    }

    static let noResponse: Score = {
        var score = Score(0, ExplanationStep(.noResponse))
        score.isUnanswered = true
        return score
    }()

    /// For an answer that is accepted.
    static func accepted(_ fraction: Decimal128, feedback: String?) -> Score {
        Score(fraction, ExplanationStep(.acceptedAnswer, value: fraction), feedback: feedback.map { [$0] } ?? [])
    }

    static let notAccepted = Score(0, ExplanationStep(.noAcceptedAnswer))

    /// - Parameter problem: goes on from "the answer …".
    static func unreadable(_ problem: String) -> Score {
        var score = Score(0, ExplanationStep(.unreadable, subject: problem))
        score.isUnanswered = true
        return score
    }
}
