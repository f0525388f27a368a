import Decimals

/// A question made ready to score many responses, with the rules that are about single questions. A class, so that it is
/// not copied for every response.
final class QuestionKey: Sendable {
    let question: Question
    private let scorer: any InteractionScorer
    private let behaviour: Behaviour
    private let rounding: Rounding
    private let hasFeedback: Bool
    /// All points, rounded.
    private let fullPoints: Decimal128

    init(_ question: Question, rules: Rules, at path: QuizPath) throws(InvalidDocument) {
        let most = Decimal128(Limits.points)
        try path.key("points").check(
            !question.points.isNegative && question.points <= most, "is \(question.points); write 0 to \(most)")
        try path.key("penalty").check(fraction: question.penalty, from: 0)
        scorer = try question.interaction.scorer(at: path.key("interaction"), name: question.id)
        self.question = question
        (behaviour, rounding) = (rules.behaviour, rules.rounding)
        hasFeedback = question.feedback != QuestionFeedback()
        fullPoints = question.points.rounded(places: rounding.questionPlaces, rounding.rule)
    }

    /// - Parameter mark: what a person gave, where one did.
    func explanation(of response: Response?, mark: ManualMark?, seed: Seed) -> Explanation {
        if let correction = question.correction { return explanation(of: correction) }
        var score = mark.map(self.score) ?? self.score(response, seed: seed)
        addFeedback(&score)
        return explanation(of: score)
    }

    private func explanation(of correction: Correction) -> Explanation {
        let isDropped = correction == .drop
        let points = isDropped ? 0 : question.points
        return Explanation(
            question: question.id, status: .graded, points: points, maxPoints: points,
            steps: [ExplanationStep(isDropped ? .dropped : .acceptAll)], feedback: [])
    }

    private func explanation(of score: Score) -> Explanation {
        Explanation(
            question: question.id, status: score.status,
            points: points(score.fraction),
            maxPoints: question.points, steps: score.steps, feedback: score.feedback)
    }

    private func points(_ fraction: Decimal128) -> Decimal128 {
        if fraction.isZero { return 0 }
        if fraction == 1 { return fullPoints }
        return (fraction * question.points).rounded(places: rounding.questionPlaces, rounding.rule)
    }

    // MARK: Behaviours

    private func score(_ response: Response?, seed: Seed) -> Score {
        guard let response, response.tries.count <= Limits.tries else {
            return response == nil ? .noResponse : .unreadable("has more than \(Limits.tries) tries")
        }
        switch behaviour {
        case .deferred: return score(response.value, seed: seed)
        case .adaptive: return bestTry(response, seed: seed)
        case .interactive: return lastTry(response, seed: seed)
        case .certainty: return withCertainty(response, seed: seed)
        }
    }

    private func score(_ value: ResponseValue?, seed: Seed) -> Score {
        guard let value, !value.isBlank else { return .noResponse }
        return scorer.score(value, seed: seed)
    }

    /// The scores of all tries, first to last: without what was only repeated, and without what was no answer, unless
    /// there is nothing else.
    private func tries(_ response: Response, seed: Seed) -> [Score] {
        var (scores, last): ([Score], ResponseValue?) = ([], nil)
        for value in response.tries + [response.value].compactMap(\.self) where !value.isBlank && value != last {
            scores.append(scorer.score(value, seed: seed))
            last = value
        }
        let answered = scores.filter { !$0.isUnanswered }
        return answered.isEmpty ? [scores.last ?? .noResponse] : answered
    }

    private func bestTry(_ response: Response, seed: Seed) -> Score {
        let scores = tries(response, seed: seed).enumerated().map { penalised($1, earlier: $0) }
        // Of equal ones the first.
        return scores.dropFirst().reduce(scores[0]) { $1.fraction > $0.fraction ? $1 : $0 }
    }

    private func lastTry(_ response: Response, seed: Seed) -> Score {
        let scores = tries(response, seed: seed)
        return penalised(scores[scores.count - 1], earlier: scores.count - 1)
    }

    /// Penalties take nobody below zero.
    private func penalised(_ score: Score, earlier: Int) -> Score {
        guard earlier > 0, score.fraction > 0 else { return score }
        var score = score
        let penalty = Decimal128(earlier) * question.penalty
        score.fraction = max(0, score.fraction - penalty)
        score.steps.append(ExplanationStep(.tries, earlier + 1, value: penalty))
        return score
    }

    /// Moodle's scale: 1, 2, 3 times what is right; 0, -2, -6 for what is wrong. Nothing said means the least certain.
    private func withCertainty(_ response: Response, seed: Seed) -> Score {
        var score = score(response.value, seed: seed)
        guard !score.isUnanswered, score.status == .graded else { return score }
        let certainty = response.certainty ?? 1
        guard (1...3).contains(certainty) else {
            return .unreadable("has the certainty \(certainty), which is none of 1, 2 and 3")
        }
        let isRight = score.fraction > 0
        let factor = isRight ? Decimal128(certainty) : [0, -2, -6][certainty - 1]
        score.fraction = isRight ? score.fraction * factor : factor
        score.steps.append(ExplanationStep(.certainty, certainty, value: factor))
        return score
    }

    // MARK: People

    private func score(_ mark: ManualMark) -> Score {
        guard let fraction = fraction(mark) else { return .unreadable("has a mark that the question does not allow") }
        return Score(
            fraction, ExplanationStep(.markedByPerson), feedback: mark.comment.map { [$0] } ?? [])
    }

    private func fraction(_ mark: ManualMark) -> Decimal128? {
        guard let points = mark.points else { return rubricFraction(mark.levels) }
        guard mark.levels.isEmpty, !points.isNegative, points <= question.points else { return nil }
        return points.isZero ? 0 : points.divided(by: question.points)
    }

    private func rubricFraction(_ levels: [String: String]) -> Decimal128? {
        guard case .essay(let essay) = question.interaction, levels.count == essay.rubric.count, !levels.isEmpty else {
            return nil
        }
        var sum = Decimal128.zero
        for criterion in essay.rubric {
            guard let level = criterion.levels.first(where: { $0.id == levels[criterion.id] }) else { return nil }
            sum += level.fraction
        }
        return min(1, sum)
    }

    // MARK: Feedback

    /// Three thirds as Moodle writes them, 33.33333 %, are all: question_state::graded_state_for_fraction.
    private static let nearlyAll = Decimal128(999_999, exponent: -6)

    private func addFeedback(_ score: inout Score) {
        guard hasFeedback, score.status == .graded else { return }
        let feedback = question.feedback
        let own =
            score.fraction > Self.nearlyAll
            ? feedback.correct : score.fraction > 0 ? feedback.partial : feedback.incorrect
        if let own { score.feedback.append(own) }
        if let general = feedback.general { score.feedback.append(general) }
    }
}
