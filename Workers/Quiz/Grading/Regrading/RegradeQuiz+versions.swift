import Jobs
import PostgresClient

extension RegradeQuiz {
    /// What is to be regraded by which version.
    func versions(in transaction: PostgresTransaction) throws -> [QuizVersion] {
        switch (quiz, course) {
        case (let quiz?, nil):
            let rows = try transaction.query(
                "SELECT version FROM coursework.quizzes WHERE id = $1", [.text(try Self.checked(quiz))])
            guard let current: Int = try rows.first.map({ try $0["version"] }) else {
                throw GradingRefusal("There is no quiz '\(quiz)'.")
            }
            return [QuizVersion(quiz: quiz, version: version ?? current)]
        case (nil, let course?):
            guard version == nil else {
                throw GradingRefusal(
                    "The quizzes of a course are regraded by their current versions: leave 'version' out.")
            }
            let rows = try transaction.query(
                "SELECT id, version FROM coursework.quizzes WHERE course = $1 ORDER BY id",
                [.text(try Self.checked(course))])
            guard !rows.isEmpty else { throw GradingRefusal("The course '\(course)' has no quizzes.") }
            return try rows.map { QuizVersion(quiz: try $0["id"], version: try $0["version"]) }
        default: throw GradingRefusal("The payload must have either 'quiz' or 'course'.")
        }
    }

    private static func checked(_ text: String) throws(GradingRefusal) -> String {
        guard !text.utf8.contains(0) else { throw GradingRefusal("The name of the quiz or course holds a zero byte.") }
        return text
    }
}

extension [QuizVersion] {
    /// Grades are made by these versions from now on, and every one that is under way by another is written first.
    func takeEffect(in transaction: PostgresTransaction) throws {
        for version in sorted() {
            try transaction.query(
                "SELECT pg_advisory_xact_lock($1::int, hashtext($2))",
                [.integer(Regrade.lock), .text(version.quiz)])
            try transaction.query(
                "UPDATE coursework.quizzes SET graded_by = $2 WHERE id = $1 AND graded_by < $2",
                [.text(version.quiz), .integer(version.version)])
        }
    }

    /// - Returns: the ids of the rows, also of those that are there already.
    func enter(_ job: RegradeQuiz, id: JobID, in transaction: PostgresTransaction) throws -> [Int] {
        let parameters: [PostgresValue] = [
            .text("\(id)"), .texts(map(\.quiz)), .integers(map(\.version)), .bool(job.dryRun == true),
            .text(job.line(of: job.reason)),
        ]
        try transaction.query(
            """
            INSERT INTO coursework.quiz_regrades (job, quiz, version, dry_run, reason, attempts)
            SELECT $1, n.quiz, n.version, $4, $5, (
                SELECT count(*) FROM coursework.quiz_attempts AS a JOIN coursework.quiz_grades AS g ON g.attempt = a.id
                WHERE a.quiz = n.quiz AND a.version <= n.version)
            FROM unnest($2::text[], $3::int[]) AS n (quiz, version) ORDER BY n.quiz
            ON CONFLICT (job, quiz) DO NOTHING
            """, parameters)
        return try transaction.query(
            "SELECT id FROM coursework.quiz_regrades WHERE job = $1 ORDER BY id", [.text("\(id)")]
        ).map { try $0["id"] }
    }
}

extension RegradeQuiz {
    fileprivate func line(of reason: String?) -> String {
        let text = (reason ?? "").unicodeScalars.filter { $0.value >= 0x20 }.prefix(1000)
        return text.isEmpty ? "The quiz was regraded." : String(String.UnicodeScalarView(text))
    }
}
