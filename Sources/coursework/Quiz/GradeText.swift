import QuizScoring

/// A grade for a person.
enum GradeText {
    /// With its whole explanation.
    static func of(_ grade: Grade, _ language: Language) -> String {
        let status =
            switch grade.status {
            case .graded: "graded"
            case .awaitingPerson: "waits for a person"
            case .overdue: "overdue"
            }
        let ends = [status] + outcome(letter: grade.letter, passed: grade.passed)
        return grade.text(language) + "\n\n\(ends.joined(separator: ", "))"
    }

    /// In a line: `7.5 of 10 points, B, passed`.
    static func line(points: some Any, of most: some Any, letter: String?, passed: Bool?) -> String {
        (["\(points) of \(most) points"] + outcome(letter: letter, passed: passed)).joined(separator: ", ")
    }

    private static func outcome(letter: String?, passed: Bool?) -> [String] {
        [letter, passed.map { $0 ? "passed" : "not passed" }].compactMap(\.self)
    }
}
