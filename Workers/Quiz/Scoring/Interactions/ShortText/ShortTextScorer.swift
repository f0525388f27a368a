/// Scores a word or a line.
struct ShortTextScorer: InteractionScorer {
    private struct Accepted {
        let matcher: Matcher
        let score: Score
    }

    private enum Matcher {
        case text(String)
        case pattern(TextPattern)

        var stateCount: Int {
            switch self {
            case .text: 0
            case .pattern(let pattern): pattern.stateCount
            }
        }

        func matches(_ text: String) -> Bool {
            switch self {
            case .text(let wanted): wanted == text
            case .pattern(let pattern): pattern.matches(text)
            }
        }
    }

    private let answers: [Accepted]
    private let caseSensitive: Bool

    init(_ interaction: ShortTextInteraction, at path: QuizPath) throws(InvalidDocument) {
        let path = path.key("answers")
        try path.check(count: interaction.answers.count, in: 1...Limits.answers, of: "answers")
        caseSensitive = interaction.caseSensitive
        var answers: [Accepted] = []
        for (index, answer) in interaction.answers.enumerated() {
            let place = path.index(index)
            try place.key("fraction").check(fraction: answer.fraction)
            let matcher = try Self.matcher(answer, caseSensitive: caseSensitive, at: place.key("text"))
            let score = Score.accepted(answer.fraction, feedback: answer.feedback)
            answers.append(Accepted(matcher: matcher, score: score))
        }
        self.answers = answers
        let states = answers.reduce(0) { $0 + $1.matcher.stateCount }
        try path.check(
            states <= Limits.patternStates, "has patterns that are too large together; write fewer or smaller ones")
    }

    private static func matcher(
        _ answer: TextAnswer, caseSensitive: Bool, at path: QuizPath
    ) throws(InvalidDocument) -> Matcher {
        do throws(InvalidPattern) {
            switch answer.match {
            case .exact: return .text(ComparableText.make(answer.text, caseSensitive: caseSensitive))
            case .wildcard: return .pattern(try TextPattern(wildcard: answer.text, caseSensitive: caseSensitive))
            case .regex: return .pattern(try TextPattern(regex: answer.text, caseSensitive: caseSensitive))
            }
        } catch {
            throw path.error(error.description)
        }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        guard case .text(let text) = response else { return .unreadable("is not a text") }
        guard text.utf8.count <= Limits.responseBytes else { return .unreadable("is too long") }
        let comparable = ComparableText.make(text, caseSensitive: caseSensitive)
        return answers.first { $0.matcher.matches(comparable) }?.score ?? .notAccepted
    }
}
