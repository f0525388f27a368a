import PostgresClient
import QuizRecord
import QuizScoring
import QuizStatistics
import TestSupport
import Testing

@Suite("Quizzes in tables", .timeLimit(.minutes(2))) struct VersionsTests {
    @Test func `a quiz that changed is a new version, and the same again is none`() async throws {
        try await School.with { school in
            var quiz = School.quiz
            #expect(try await school.record.store(quiz, course: "physics") == .version(1))
            #expect(try await school.record.store(quiz, course: nil) == .unchanged(1))
            quiz.title = "Mechanics"
            quiz.version = 7
            #expect(try await school.record.store(quiz, course: nil) == .version(2))
            let overview = try #require(try await school.record.overview(of: "q"))
            #expect(overview.course == "physics" && overview.current.version == 2)
            #expect(overview.versions.map(\.number) == [2, 1] && overview.versions.map(\.questions) == [3, 3])
            #expect(try await school.record.quiz("q", version: 1)?.title == nil)
            #expect(try await school.record.quiz("q", version: nil)?.title == "Mechanics")
            #expect(try await school.record.quiz("q", version: 3) == nil)
            #expect(try await school.record.overview(of: "nothing") == nil)
        }
    }

    @Test func `many who store at once make a version each, without a gap`() async throws {
        try await School.with { school in
            try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        var quiz = School.quiz
                        quiz.title = "\(number)"
                        return try await school.record.store(quiz, course: nil)
                    }
                }
                var stored: Set<Int> = []
                for try await result in group { if case .version(let number) = result { stored.insert(number) } }
                #expect(stored == Set(1...8))
            }
        }
    }

    @Test func `an attempt tells its grade and what it was before`() async throws {
        try await School.with { school in
            _ = try await school.record.store(School.quiz, course: nil)
            let submission = Submission(quiz: "q", responses: ["a": Response("true")])
            let grade = try AnswerKey(School.quiz).grade(submission)
            let id = try await school.hand(in: submission, by: "ada", grade: grade)
            try await school.client.query(
                """
                INSERT INTO coursework.quiz_grade_history (attempt, revision, version, mark, status, points, max_points,
                    fraction, explanation, job, graded_at, reason, replaced_by)
                SELECT attempt, 1, version, 0, status, 2, max_points, fraction, explanation, job, graded_at,
                    'The key was wrong.', 'default:2' FROM coursework.quiz_grades
                """)
            let attempt = try #require(try await school.record.attempt(id))
            #expect(attempt.learner == "ada" && attempt.state == "graded" && attempt.submitted == nil)
            #expect(attempt.grade?.grade == grade)
            #expect(attempt.history.map(\.reason) == ["The key was wrong."])
            #expect(try await school.record.attempt(id + 1) == nil)
        }
    }

    @Test func `a regrade tells how far it is, and what it changes`() async throws {
        try await School.with { school in
            _ = try await school.record.store(School.quiz, course: nil)
            let submission = Submission(quiz: "q", responses: [:])
            let id = try await school.hand(
                in: submission, by: "ada", grade: try AnswerKey(School.quiz).grade(submission))
            try await school.client.query(
                """
                WITH regrade AS (
                    INSERT INTO coursework.quiz_regrades (job, quiz, version, dry_run, reason, attempts, graded, changed)
                    VALUES ('default:1', 'q', 1, true, 'A check.', 1, 1, 1) RETURNING id
                ) INSERT INTO coursework.quiz_regrade_changes (regrade, attempt, from_version, from_points, from_max_points,
                    to_points, to_max_points, to_passed)
                SELECT id, $1, 1, 0, 11, 2.5, 11, false FROM regrade
                """, [.integer(id)])
            let regrade = try #require(try await school.record.regrades(of: "q", limit: 10).first)
            #expect(regrade.isDryRun && regrade.state == "running" && regrade.changed == 1)
            #expect(try await school.record.regrade(regrade.id)?.reason == "A check.")
            let change = try #require(try await school.record.changes(of: regrade.id, limit: 10).first)
            #expect(change.learner == "ada" && change.from.points == 0 && "\(change.to?.points ?? 0)" == "2.5")
            #expect(try await school.record.regrades(of: "other", limit: 10).isEmpty)
        }
    }

    @Test func `an erased learner is in no table, and the statistics stay`() async throws {
        try await School.with { school in
            _ = try await school.record.store(School.quiz, course: nil)
            let submission = Submission(quiz: "q", responses: ["a": Response("true")])
            let grade = try AnswerKey(School.quiz).grade(submission)
            let sums = AttemptCounter(School.quiz).sums(of: grade, submission)
            for learner in ["ada", "bob"] {
                let id = try await school.hand(in: submission, by: learner, grade: grade, sums)
                try await school.client.query(
                    """
                    WITH final AS (
                        INSERT INTO coursework.quiz_final_grades (quiz, learner, attempt, attempts) VALUES ('q', $2, $1, 1)
                    ), mark AS (
                        INSERT INTO coursework.quiz_marks (attempt, question, mark, marked_by) VALUES ($1, 'a', '{}', 'eve')
                    ), history AS (
                        INSERT INTO coursework.quiz_grade_history SELECT attempt, 1, version, mark, status, points,
                            max_points, fraction, passed, letter, explanation, job, graded_at, 'why', 'default:2'
                        FROM coursework.quiz_grades WHERE attempt = $1
                    ) SELECT
                    """, [.integer(id), .text(learner)])
            }
            let erasure = try await school.record.erase("ada")
            #expect(erasure.attempts == 1 && erasure.finalGrades == 1)
            for table in ["attempts", "responses", "marks", "grades", "grade_history", "final_grades"] {
                let count: Int? = try await school.client.query("SELECT count(*) FROM coursework.quiz_\(table)")[0][0]
                #expect(count == 1, "\(table)")
            }
            #expect(try await school.record.sums(of: "q", version: 1, .firstAttempts).attempts == 2)
            #expect(try await school.record.erase("ada").attempts == 0)
        }
    }
}
