package import Decimals
package import QuizScoring

/// Makes the sums of single attempts at a version of a quiz.
package struct AttemptCounter: Sendable {
    private let parts: [String: ResponseParts]
    private let dropped: Set<String>

    /// Points are counted at so many places, so that their squares stay exact.
    private static let places = 5

    package init(_ quiz: Quiz) {
        let questions = quiz.sections.flatMap(\.questions)
        parts = Dictionary(questions.map { ($0.id, ResponseParts($0.interaction)) }) { first, _ in first }
        dropped = Set(questions.filter { $0.correction == .drop }.map(\.id))
    }

    /// What an attempt adds. Nothing where it is not graded: overdue, or to be read by a person.
    ///
    /// A question that was left out counts as 0 points, as Moodle has it, one that was not asked does not count, and
    /// neither does one that was dropped.
    package func sums(of grade: Grade, _ submission: Submission) -> QuizSums {
        var sums = QuizSums()
        guard grade.status == .graded else { return sums }
        let points = points(of: grade)
        let total = points.reduce(Decimal128.zero) { $0 + $1.points }
        sums.totals[total] = 1
        for (question, points) in points {
            sums.items[question] = ItemSums(points: points, rest: total - points)
            guard let parts = parts[question] else { continue }
            for key in parts.keys(of: submission.responses[question], question: question) { sums.responses[key] = 1 }
        }
        return sums
    }

    /// The points of each question that counts, as they are counted.
    package func points(of grade: Grade) -> [(question: String, points: Decimal128)] {
        grade.explanations.filter { !dropped.contains($0.question) }.map {
            ($0.question, $0.points.rounded(places: Self.places, .halfEven))
        }
    }
}
