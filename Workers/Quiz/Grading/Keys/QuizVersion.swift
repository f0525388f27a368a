/// Names a version of a quiz.
struct QuizVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    let quiz: String
    let version: Int

    static func < (one: QuizVersion, other: QuizVersion) -> Bool {
        (one.quiz, one.version) < (other.quiz, other.version)
    }

    /// Whether the tables could hold it.
    var isPossible: Bool { !quiz.utf8.contains(0) && (0...Int(Int32.max)).contains(version) }

    var description: String { "version \(version) of the quiz '\(quiz)'" }
}
