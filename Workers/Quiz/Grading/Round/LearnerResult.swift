import PostgresClient
import QuizScoring

/// What a learner has in a quiz after a round.
struct LearnerResult: Sendable {
    let quiz: String
    let learner: String
    let course: String?
    /// What the quiz says of what follows, as JSON.
    let follows: String
    /// Nil while no attempt counts.
    let grade: FinalGrade?
    /// The id of the attempt that counts; nil for a mean.
    let attempt: Int?
    /// Whether the learner passes the quiz now and never did before.
    let passesFirst: Bool

    private struct Name: Hashable {
        let quiz: String
        let learner: String
    }

    /// In the order in which everybody writes them.
    static func all(of graded: [GradedAttempt], _ rows: [AttemptRow], _ grading: AttemptGrading) -> [LearnerResult] {
        let new = Dictionary(graded.map { ($0.row.id, $0) }) { first, _ in first }
        let names = Set(graded.map { Name(quiz: $0.row.quiz, learner: $0.row.learner) })
        let learners = Dictionary(grouping: rows) { Name(quiz: $0.quiz, learner: $0.learner) }
        return learners.filter { names.contains($0.key) }.values
            .map { LearnerResult($0, new, grading) }.sorted { ($0.quiz, $0.learner) < ($1.quiz, $1.learner) }
    }

    /// - Parameter rows: all attempts of the learner at the quiz; one at least.
    private init(_ rows: [AttemptRow], _ new: [Int: GradedAttempt], _ grading: AttemptGrading) {
        let any = rows[0]
        (quiz, learner, course, follows) = (any.quiz, any.learner, any.course, any.follows)
        let scores = rows.compactMap { row in
            (new[row.id]?.stored ?? row.grade).map { AttemptScore(attempt: row.number, $0) }
        }
        // A current version that nothing can be graded by has no rules either.
        let rules = (try? grading.keys[any.current]?.get()) ?? rows.compactMap { new[$0.id]?.key }.first
        grade = rules?.quiz.rules.finalGrade(of: scores)
        let number = grade?.attempt
        attempt = rows.first { $0.number == number }?.id
        passesFirst = grade?.passed == true && !any.hasPassed
    }
}

extension AttemptScore {
    fileprivate init(attempt: Int, _ grade: StoredGrade) {
        self.init(attempt: attempt, status: grade.status, points: grade.points, maxPoints: grade.maxPoints)
    }
}

extension [LearnerResult] {
    func write(in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            INSERT INTO coursework.quiz_final_grades AS f (
                quiz, learner, attempt, attempts, points, max_points, fraction, passed, letter, passed_at)
            SELECT quiz, learner, attempt, attempts, points, max_points, fraction, passed, letter,
                CASE WHEN passed THEN now() END
            FROM unnest(
                $1::text[], $2::text[], $3::bigint[], $4::int[], $5::numeric[], $6::numeric[], $7::numeric[],
                $8::boolean[], $9::text[]
            ) AS n (quiz, learner, attempt, attempts, points, max_points, fraction, passed, letter)
            ON CONFLICT (quiz, learner) DO UPDATE SET
                attempt = excluded.attempt, attempts = excluded.attempts, points = excluded.points,
                max_points = excluded.max_points, fraction = excluded.fraction, passed = excluded.passed,
                letter = excluded.letter, passed_at = coalesce(f.passed_at, excluded.passed_at), updated_at = now()
            """,
            [
                .texts(map(\.quiz)), .texts(map(\.learner)), .integers(map(\.attempt)),
                .integers(map { $0.grade?.attempts ?? 0 }), .texts(map { $0.grade?.points.description }),
                .texts(map { $0.grade?.maxPoints.description }), .texts(map { $0.grade?.fraction.description }),
                .texts(map { $0.grade?.passed?.description }), .texts(map { $0.grade?.letter }),
            ])
    }
}
