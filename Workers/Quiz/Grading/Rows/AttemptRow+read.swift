import PostgresClient

extension AttemptRow {
    /// Locks these attempts and all others of their learners at their quizzes, in the order in which everybody does: two
    /// attempts of one learner are never graded side by side. A regrade that sets the version of a quiz waits meanwhile.
    static func lock(_ ids: [Int], in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            WITH wanted AS MATERIALIZED (
                SELECT DISTINCT quiz, learner FROM coursework.quiz_attempts WHERE id = ANY($1::bigint[])
            ), quizzes AS MATERIALIZED (
                SELECT pg_advisory_xact_lock_shared(\(Regrade.lock), hashtext(quiz))
                FROM (SELECT DISTINCT quiz FROM wanted ORDER BY quiz) AS each
            )
            SELECT FROM coursework.quiz_attempts AS a JOIN wanted USING (quiz, learner)
            WHERE (SELECT count(*) FROM quizzes) > 0
            ORDER BY a.id FOR NO KEY UPDATE OF a
            """, [.integers(ids)])
    }

    /// Reads these attempts, and of all others of their learners at their quizzes what combines them. In a statement of
    /// its own: it sees what was committed while ``lock(_:in:)`` waited.
    static func read(_ ids: [Int], in transaction: PostgresTransaction) throws -> [AttemptRow] {
        try transaction.query(
            """
            SELECT a.id, a.quiz, a.learner, a.number, a.version, a.seed, a.extra_time, a.extension_time,
                floor(extract(epoch FROM a.started_at))::bigint AS started_at,
                floor(extract(epoch FROM a.submitted_at))::bigint AS submitted_at,
                a.state <> 'in_progress' AS is_handed_in, a.mail::text AS mail,
                q.course, q.version AS current_version, q.graded_by, q.follows::text AS follows,
                g.version AS grade_version, g.mark, g.status, g.points, g.max_points, g.passed, g.letter, g.revision,
                f.passed_at IS NOT NULL AS has_passed,
                CASE WHEN w.id IS NULL THEN 0 ELSE
                    coalesce((SELECT max(id) FROM coursework.quiz_marks WHERE attempt = a.id), 0) END AS last_mark,
                CASE WHEN w.id IS NOT NULL THEN g.explanation::text END AS explanation,
                CASE WHEN w.id IS NOT NULL THEN json_build_object(
                    'responses', (
                        SELECT json_object_agg(question, response) FROM coursework.quiz_responses WHERE attempt = a.id),
                    'marks', (
                        SELECT json_object_agg(question, mark) FROM (
                            SELECT DISTINCT ON (question) question, mark FROM coursework.quiz_marks
                            WHERE attempt = a.id ORDER BY question, id DESC) AS last))::text END AS answers
            FROM coursework.quiz_attempts AS a
            JOIN (
                SELECT DISTINCT quiz, learner FROM coursework.quiz_attempts WHERE id = ANY($1::bigint[])
            ) AS l USING (quiz, learner)
            JOIN coursework.quizzes AS q ON q.id = a.quiz
            LEFT JOIN unnest($1::bigint[]) AS w (id) ON w.id = a.id
            LEFT JOIN coursework.quiz_grades AS g ON g.attempt = a.id
            LEFT JOIN coursework.quiz_final_grades AS f ON f.quiz = a.quiz AND f.learner = a.learner
            ORDER BY a.id
            """, [.integers(ids)]
        ).map { try AttemptRow($0) }
    }
}
