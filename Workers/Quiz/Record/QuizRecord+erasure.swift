import PostgresClient

extension QuizRecord {
    /// Takes a learner out of the tables: attempts with their responses, marks, grades and history, what regrades changed of
    /// them, and final grades. The sums of the statistics stay, and cannot be told apart.
    ///
    /// Waits for a grade under way; a job that comes later finds no attempt.
    package func erase(_ learner: String) async throws -> QuizErasure {
        try await client.transaction { transaction in
            // In the order in which graders lock them.
            let attempts = try transaction.query(
                "SELECT id FROM coursework.quiz_attempts WHERE learner = $1 ORDER BY id FOR UPDATE", [.text(learner)]
            ).map { try $0["id"] as Int }
            let finals = try transaction.query(
                "DELETE FROM coursework.quiz_final_grades WHERE learner = $1", [.text(learner)])
            try transaction.query(
                "DELETE FROM coursework.quiz_attempts WHERE id = ANY($1::bigint[])", [.integers(attempts)])
            return QuizErasure(attempts: attempts.count, finalGrades: finals.affected)
        }
    }
}
