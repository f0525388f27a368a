import PostgresClient
import QuizScoring

extension [GradedAttempt] {
    /// Keeps the grades that these take the place of.
    func writeHistory(_ regrade: Regrade?, in transaction: PostgresTransaction) throws {
        let changed = filter { $0.change == .changed }
        guard !changed.isEmpty else { return }
        try transaction.query(
            """
            INSERT INTO coursework.quiz_grade_history (
                attempt, revision, version, mark, status, points, max_points, fraction, passed, letter, explanation, job,
                graded_at, reason, replaced_by, regrade)
            SELECT g.attempt, g.revision, g.version, g.mark, g.status, g.points, g.max_points, g.fraction, g.passed, g.letter,
                g.explanation, g.job, g.graded_at, n.reason, n.job, $4::bigint
            FROM coursework.quiz_grades AS g
            JOIN unnest($1::bigint[], $2::text[], $3::text[]) AS n (attempt, reason, job) USING (attempt)
            """,
            [
                .integers(changed.map(\.row.id)), .texts(changed.map { $0.reason(regrade) }),
                .texts(changed.map { "\($0.job)" }), regrade.map { .integer($0.id) } ?? .null,
            ])
    }

    /// The grades, and the states of their attempts.
    func writeGrades(in transaction: PostgresTransaction) throws {
        try transaction.query(Self.gradesStatement, parameters)
    }

    private static let gradesStatement = """
        WITH new AS (
            SELECT attempt, version, mark, status, points, max_points, fraction, passed, letter,
                explanation::json AS explanation, revision, job
            FROM unnest(
                $1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[],
                $8::boolean[], $9::text[], $10::text[], $11::int[], $12::text[]
            ) AS n (
                attempt, version, mark, status, points, max_points, fraction, passed, letter, explanation, revision, job)
        ), attempts AS (
            UPDATE coursework.quiz_attempts AS a
            SET state = CASE new.status WHEN 'awaiting_person' THEN 'awaiting_person' ELSE 'graded' END
            FROM new WHERE a.id = new.attempt
        )
        INSERT INTO coursework.quiz_grades (
            attempt, version, mark, status, points, max_points, fraction, passed, letter, explanation, revision, job)
        SELECT * FROM new
        ON CONFLICT (attempt) DO UPDATE SET
            version = excluded.version, mark = excluded.mark, status = excluded.status, points = excluded.points,
            max_points = excluded.max_points, fraction = excluded.fraction, passed = excluded.passed,
            letter = excluded.letter, explanation = excluded.explanation, revision = excluded.revision,
            job = excluded.job, graded_at = now()
        """

    private var parameters: [PostgresValue] {
        let stored = map(\.stored)
        return [
            .integers(map(\.row.id)), .integers(stored.map(\.version)), .integers(stored.map(\.mark)),
            .texts(stored.map(\.status.column)), .texts(stored.map(\.points.description)),
            .texts(stored.map(\.maxPoints.description)), .texts(map(\.grade.fraction.description)),
            .texts(stored.map { $0.passed?.description }), .texts(stored.map(\.letter)),
            .texts(map { String(decoding: $0.grade.json(), as: UTF8.self) }),
            .integers(stored.map(\.revision)), .texts(map { "\($0.job)" }),
        ]
    }
}

extension GradedAttempt {
    /// Why there is another grade.
    fileprivate func reason(_ regrade: Regrade?) -> String {
        if let regrade { return regrade.reason }
        return row.grade?.mark == row.lastMark ? "It was graded again." : "A person marked an answer."
    }
}
