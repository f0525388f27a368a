import PostgresClient
import QuizScoring

/// A grade that a regrade changes, or would, or cannot make.
struct RegradeChange {
    let attempt: Int
    /// Nil where the version cannot grade the attempt; then `error` says why.
    let graded: GradedAttempt?
    let error: GradingRefusal?

    /// Those that a learner would see.
    static func all(of outcomes: [Int: GradingRound.Outcome]) -> [RegradeChange] {
        outcomes.sorted { $0.key < $1.key }.compactMap { attempt, outcome in
            switch outcome {
            case .success(let graded):
                graded.hasNewResult ? RegradeChange(attempt: attempt, graded: graded, error: nil) : nil
            case .failure(let error): RegradeChange(attempt: attempt, graded: nil, error: error)
            }
        }
    }
}

extension [RegradeChange] {
    /// What the grades were is in the history, or still in the table when it is a dry run.
    private static let statement = """
        INSERT INTO coursework.quiz_regrade_changes (
            regrade, attempt, from_version, from_points, from_max_points, from_passed, from_letter,
            to_points, to_max_points, to_passed, to_letter, error)
        SELECT $1, n.attempt, f.version, f.points, f.max_points, f.passed, f.letter, n.points, n.max_points, n.passed,
            n.letter, n.error
        FROM unnest($2::bigint[], $3::int[], $4::numeric[], $5::numeric[], $6::boolean[], $7::text[], $8::text[])
            AS n (attempt, revision, points, max_points, passed, letter, error)
        JOIN LATERAL (
            SELECT version, points, max_points, passed, letter FROM coursework.quiz_grade_history
            WHERE attempt = n.attempt AND revision = n.revision
            UNION ALL
            SELECT version, points, max_points, passed, letter FROM coursework.quiz_grades
            WHERE attempt = n.attempt AND (revision = n.revision OR n.revision IS NULL)
        ) AS f ON true
        ON CONFLICT DO NOTHING
        """

    /// Writes them, and how far the regrade is.
    /// - Parameter count: of the attempts that were looked at.
    func write(_ regrade: Regrade, upTo last: Int, _ count: Int, in transaction: PostgresTransaction) throws {
        if !isEmpty { try transaction.query(Self.statement, [.integer(regrade.id)] + columns) }
        try transaction.query(
            """
            UPDATE coursework.quiz_regrades SET after_attempt = $2, graded = graded + $3, changed = changed + $4,
                refused = refused + $5, updated_at = now()
            WHERE id = $1
            """,
            [
                .integer(regrade.id), .integer(last), .integer(count), .integer(self.count { $0.error == nil }),
                .integer(self.count { $0.error != nil }),
            ])
    }

    private var columns: [PostgresValue] {
        let stored = map { $0.graded?.stored }
        return [
            .integers(map(\.attempt)), .integers(map { $0.graded?.row.grade?.revision }),
            .texts(stored.map { $0?.points.description }), .texts(stored.map { $0?.maxPoints.description }),
            .texts(stored.map { $0?.passed?.description }), .texts(stored.map { $0?.letter }),
            .texts(map { $0.error?.description }),
        ]
    }
}
