import QuizScoring

extension Interaction {
    /// Whether its text is its own, and not the prompt of the question.
    var isCloze: Bool { kind == .cloze }
}
