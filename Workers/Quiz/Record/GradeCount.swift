import FoundationEssentials
import PostgresClient
import QuizScoring
import QuizStatistics

/// Counts the grades of a version, some at a time.
struct GradeCount {
    private static let portion = 500

    private let quiz: Quiz
    private let counter: AttemptCounter
    private let wanted: QuizRecord.Counted
    private(set) var first = QuizSums()
    private(set) var later = QuizSums()
    private(set) var efficiency = DiscriminativeEfficiency()

    init(_ quiz: Quiz, _ wanted: QuizRecord.Counted) {
        (self.quiz, self.wanted) = (quiz, wanted)
        counter = AttemptCounter(quiz)
    }

    /// Those that are wanted.
    var counted: QuizSums {
        var sums = first
        if wanted == .allAttempts { sums += later }
        return sums
    }

    mutating func run(in transaction: PostgresTransaction) throws {
        var last = 0
        while true {
            let rows = try transaction.query(
                """
                SELECT a.id, a.number, g.explanation::text AS grade,
                    (SELECT coalesce(json_object_agg(r.question, r.response), '{}')::text
                        FROM coursework.quiz_responses r WHERE r.attempt = a.id) AS responses
                FROM coursework.quiz_attempts a JOIN coursework.quiz_grades g ON g.attempt = a.id
                WHERE a.quiz = $1 AND a.id > $2 AND g.version = $3 AND g.status = 'graded' ORDER BY a.id LIMIT $4
                """, [.text(quiz.id), .integer(last), .integer(quiz.version), .integer(Self.portion)])
            for row in rows { try add(row) }
            guard let end: Int = try rows.last?["id"] else { return }
            last = end
        }
    }

    private mutating func add(_ row: PostgresRow) throws {
        let (text, responses): (String, String) = (try row["grade"], try row["responses"])
        let grade = try Grade(json: Array(text.utf8))
        var submission = Submission(quiz: quiz.id, version: quiz.version, responses: [:])
        submission.responses = try JSONDecoder().decode([String: Response].self, from: Data(responses.utf8))
        let (sums, isFirst) = (counter.sums(of: grade, submission), try row["number"] == 1)
        if isFirst { first += sums } else { later += sums }
        if isFirst || wanted == .allAttempts { efficiency.add(counter.points(of: grade)) }
    }
}
