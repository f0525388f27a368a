import Decimals
import PostgresClient
import QuizRecord
import QuizScoring
import QuizStatistics
import TestSupport
import Testing

@Suite("Statistics in tables", .timeLimit(.minutes(5))) struct StatisticsTests {
    private static let seed: UInt64 = 20_261_123

    private func submission(_ version: Int, attempt: Int, _ random: inout SeededGenerator) -> Submission {
        let responses = [
            "a": ["true", "false"].randomElement(using: &random) ?? "",
            "b": ["x", "y", "z"].randomElement(using: &random) ?? "",
            "c": ["Graz", "Wien", ""].randomElement(using: &random) ?? "",
        ]
        return Submission(
            quiz: "q", version: version, attempt: attempt, responses: responses.mapValues { Response(.text($0)) })
    }

    /// Attempts by one version, a third of which a second version grades again.
    private func fill(_ school: School, _ random: inout SeededGenerator) async throws -> (old: Quiz, new: Quiz) {
        var new = School.quiz
        new.version = 2
        new.sections[0].questions[0].points = Decimal128(25, exponent: -1)
        _ = try await school.record.store(School.quiz, course: nil)
        _ = try await school.record.store(new, course: nil)
        let (oldKey, newKey) = (try AnswerKey(School.quiz), try AnswerKey(new))
        let (oldCounter, newCounter) = (AttemptCounter(School.quiz), AttemptCounter(new))
        for learner in 0..<30 {
            for attempt in 1...(learner % 3 == 0 ? 2 : 1) {
                var submission = submission(1, attempt: attempt, &random)
                let grade = try oldKey.grade(submission)
                let sums = oldCounter.sums(of: grade, submission)
                let id = try await school.hand(
                    in: submission, by: "learner\(learner)", grade: grade, sums,
                    shard: Int.random(in: 0..<4, using: &random))
                guard learner % 3 == 1 else { continue }
                submission.version = 2
                let regrade = try newKey.grade(submission)
                // Perhaps by a grader of another shard.
                try await school.regrade(
                    id, isFirst: attempt == 1, from: (1, sums), to: regrade, newCounter.sums(of: regrade, submission),
                    shard: Int.random(in: 0..<4, using: &random))
            }
        }
        return (School.quiz, new)
    }

    @Test func `what was kept step by step is what all grades give, to the last digit`() async throws {
        var random = SeededGenerator(seed: Self.seed)
        try await School.with { school in
            let (old, new) = try await fill(school, &random)
            for quiz in [old, new] {
                let kept = try await school.record.sums(of: "q", version: quiz.version, .allAttempts)
                let first = try await school.record.sums(of: "q", version: quiz.version, .firstAttempts)
                let anew = try await school.record.recompute(quiz, .allAttempts)
                #expect(anew.wasRight)
                #expect(anew.sums == kept)
                #expect(first.attempts <= kept.attempts && first.attempts > 0)
                #expect(try await school.record.recompute(quiz, .firstAttempts).sums == first)
                #expect(QuizStatistics(anew.sums, of: quiz) == QuizStatistics(kept, of: quiz))
            }
            let statistics = QuizStatistics(try await school.record.sums(of: "q", version: 1, .allAttempts), of: old)
            #expect(statistics.attempts == 30 && statistics.alpha != nil)
        }
    }

    @Test func `sums that went wrong are put right`() async throws {
        var random = SeededGenerator(seed: Self.seed)
        try await School.with { school in
            let (quiz, _) = try await fill(school, &random)
            let right = try await school.record.sums(of: "q", version: 1, .allAttempts)
            try await school.client.query(
                "UPDATE coursework.quiz_item_statistics SET product = product + 0.0000000001 WHERE question = 'b'")
            let anew = try await school.record.recompute(quiz, .allAttempts)
            #expect(!anew.wasRight && anew.sums == right)
            #expect(try await school.record.sums(of: "q", version: 1, .allAttempts) == right)
            #expect(try await school.record.recompute(quiz, .allAttempts).wasRight)
        }
    }

    @Test func `grades that come while all are counted are neither lost nor counted twice`() async throws {
        var random = SeededGenerator(seed: Self.seed)
        try await School.with { school in
            let (quiz, _) = try await fill(school, &random)
            let key = try AnswerKey(quiz)
            let counter = AttemptCounter(quiz)
            let submissions = (0..<40).map { _ in submission(1, attempt: 1, &random) }
            try await withThrowingTaskGroup { group in
                for (index, submission) in submissions.enumerated() {
                    group.addTask {
                        let grade = try key.grade(submission)
                        _ = try await school.hand(
                            in: submission, by: "late\(index)", grade: grade, counter.sums(of: grade, submission),
                            shard: index % 2)
                    }
                }
                for _ in 0..<5 { group.addTask { _ = try await school.record.recompute(quiz, .allAttempts) } }
                try await group.waitForAll()
            }
            let anew = try await school.record.recompute(quiz, .allAttempts)
            #expect(anew.wasRight && anew.sums.attempts == 70)
        }
    }
}
