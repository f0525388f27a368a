import Decimals
import Testing

@testable import QuizScoring

@Suite("Rules of a quiz") struct RulesTests {
    private func quiz(_ rules: Rules, count: Int = 10) -> Quiz {
        let questions = (0..<count).map {
            Question(id: "q\($0)", interaction: .trueFalse(TrueFalseInteraction(answer: true)))
        }
        return Quiz(id: "quiz", sections: [Section(id: "s", questions: questions)], rules: rules)
    }

    private func submission(
        right: Int, submittedAt: Int? = nil, extensionTime: Int = 0, extraTime: Int = 0, startedAt: Int? = nil
    ) -> Submission {
        Submission(
            quiz: "quiz", startedAt: startedAt, submittedAt: submittedAt, extraTime: extraTime,
            extensionTime: extensionTime,
            responses: Dictionary(uniqueKeysWithValues: (0..<right).map { ("q\($0)", Response("true")) }))
    }

    private func grade(_ rules: Rules, _ submission: Submission) throws -> Grade {
        try AnswerKey(quiz(rules)).grade(submission)
    }

    private static let tenth = Decimal128(1, exponent: -1)
    private static let day = 86_400

    /// Canvas, "How do I apply a Late Submission policy?": 10 % of 10 points a day; 2 days late leave 8; 1.3 days are 2;
    /// what is at the lowest grade or below keeps its points.
    @Test(arguments: [
        (10, 0, 0, "10"), (10, 1, 0, "9"), (10, 1 * day, 0, "9"), (10, 1 * day + 1, 0, "8"), (10, 2 * day, 0, "8"),
        (10, 112_320, 0, "8"), (10, 100 * day, 5, "5"), (6, 3 * day, 5, "5"), (5, 3 * day, 5, "5"),
        (4, 3 * day, 5, "4"),
        (3, 9 * day, 0, "0"),
    ])
    func `lateness costs what Canvas takes off`(right: Int, late: Int, lowest: Int, points: String) throws {
        let rules = Rules(
            late: LatePenalty(dueAt: 1_000_000, fraction: Self.tenth, lowest: Decimal128(lowest, exponent: -1)))
        #expect(try grade(rules, submission(right: right, submittedAt: 1_000_000 + late)).points.description == points)
    }

    @Test func `grace and extensions forgive lateness`() throws {
        let rules = Rules(late: LatePenalty(dueAt: 1000, grace: 60, fraction: Self.tenth, every: .hour))
        #expect(try grade(rules, submission(right: 10, submittedAt: 1060)).points == 10)
        #expect(try grade(rules, submission(right: 10, submittedAt: 1061)).points == 9)
        #expect(try grade(rules, submission(right: 10, submittedAt: 4601)).points == 8)
        #expect(try grade(rules, submission(right: 10, submittedAt: 4601, extensionTime: 3541)).points == 10)
        #expect(try grade(rules, submission(right: 10)).points == 10)
        for time in [Int.min, Int.max] {
            #expect(try grade(rules, submission(right: 10, submittedAt: time)).points >= 0)
            #expect(try grade(rules, submission(right: 10, submittedAt: time, extensionTime: .max)).points >= 0)
        }
    }

    @Test(arguments: [(3600, 0, true), (3610, 0, true), (3611, 0, false), (4510, 900, true), (4511, 900, false)])
    func `what comes after the time limit does not count`(duration: Int, extra: Int, counts: Bool) throws {
        let rules = Rules(timeLimit: TimeLimit(seconds: 3600, grace: 10), passMark: Self.tenth)
        let grade = try grade(
            rules, submission(right: 10, submittedAt: 5000 + duration, extraTime: extra, startedAt: 5000))
        #expect(grade.status == (counts ? .graded : .overdue))
        #expect(grade.points == (counts ? 10 : 0))
        #expect(grade.passed == (counts ? true : nil))
    }

    @Test func `impossible times trap nowhere`() throws {
        let rules = Rules(timeLimit: TimeLimit(seconds: 3600))
        for (start, end) in [(Int.min, Int.max), (Int.max, Int.min), (0, Int.max)] {
            #expect(
                try grade(rules, submission(right: 1, submittedAt: end, extraTime: .max, startedAt: start)).points <= 1)
        }
    }

    @Test(arguments: [
        (10, "A", true), (9, "A", true), (8, "B", true), (6, "C", true), (5, "F", false), (0, "F", false),
    ])
    func `letters and the pass mark include their boundaries`(right: Int, letter: String, passed: Bool) throws {
        let letters = [("F", 0), ("A", 9), ("C", 6), ("B", 8)].map {
            LetterBoundary(letter: $0, from: Decimal128($1, exponent: -1))
        }
        let feedback = [
            OverallFeedback(from: 0, text: "Try again."),
            OverallFeedback(from: Decimal128(6, exponent: -1), text: "Good."),
        ]
        let grade = try grade(
            Rules(passMark: Decimal128(6, exponent: -1), letters: letters, feedback: feedback), submission(right: right)
        )
        #expect(grade.letter == letter)
        #expect(grade.passed == passed)
        #expect(grade.feedback == [passed ? "Good." : "Try again."])
    }

    /// 2/3 of a point twice, and once as a sum: what a learner sees is what counts.
    @Test func `points are rounded as the quiz says, and letters go by what is shown`() throws {
        let questions = ["a", "b"].map {
            Question(
                id: $0,
                interaction: .ordering(
                    OrderingInteraction(
                        items: ["1", "2", "3"].map { LabelledItem(id: $0) }, scoring: .longestOrderedSubset)))
        }
        func points(_ rounding: Rounding) throws -> Grade {
            let rules = Rules(rounding: rounding, letters: [LetterBoundary(letter: "B", from: try decimal("0.665"))])
            let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: questions)], rules: rules)
            let response = Response(["1", "3"])
            return try AnswerKey(quiz).grade(Submission(quiz: "quiz", responses: ["a": response, "b": response]))
        }
        #expect(try points(Rounding()).text.hasSuffix("Total: 1.33 of 2 points.\nThe points are rounded from 1.33334."))
        #expect(try points(Rounding()).letter == "B")
        #expect(try points(Rounding(places: 0)).points == 1)
        #expect(try points(Rounding(places: 0)).letter == nil)
        #expect(try points(Rounding(questionPlaces: 1)).points.description == "1.4")
    }

    private func attempt(_ number: Int, _ points: Int, _ status: GradeStatus = .graded) throws -> Grade {
        var grade = try grade(Rules(), submission(right: points))
        (grade.attempt, grade.status) = (number, status)
        return grade
    }

    /// Moodle, quiz settings, grading method: highest, average, first, last attempt.
    @Test(arguments: [(AttemptsPolicy.best, "9"), (.average, "6.67"), (.first, "4"), (.last, "7")])
    func `of several attempts the policy takes one, in any order`(policy: AttemptsPolicy, points: String) throws {
        var grades = try [
            attempt(1, 4), attempt(2, 9), attempt(3, 7), attempt(4, 10, .overdue), attempt(5, 0, .awaitingPerson),
        ]
        let rules = Rules(attempts: policy, passMark: Decimal128(65, exponent: -2))
        for _ in 0..<5 {
            grades.append(grades.removeFirst())
            let final = try #require(rules.finalGrade(of: grades.map(AttemptScore.init)))
            #expect(final.points.description == points && final.maxPoints == 10 && final.attempts == 3)
            #expect(final.passed == (policy != .first))
            #expect(final.attempt == [.best: 2, .first: 1, .last: 3][policy])
        }
        #expect(try rules.finalGrade(of: [AttemptScore(attempt(1, 5, .overdue))]) == nil)
    }

    @Test func `a dropped question leaves the total, an accepted one is right for all`() throws {
        var quiz = quiz(Rules())
        quiz.sections[0].questions[0].correction = .drop
        quiz.sections[0].questions[1].correction = .acceptAll
        let grade = try AnswerKey(quiz).grade(submission(right: 0))
        #expect(grade.points == 1)
        #expect(grade.maxPoints == 9)
        #expect(
            grade.explanations[0].text
                == "0 of 0 points. The question was dropped: it counts neither for nor against you.")
    }

    @Test func `a quiz of nothing is worth nothing`() throws {
        let rules = Rules(passMark: Self.tenth, letters: [LetterBoundary(letter: "A", from: Self.tenth)])
        let grade = try AnswerKey(Quiz(id: "quiz", sections: [], rules: rules)).grade(submission(right: 0))
        #expect(grade.points == 0 && grade.fraction == 0 && grade.passed == nil && grade.letter == nil)
    }

    @Test func `less than nothing in all is nothing, unless the quiz says otherwise`() throws {
        var rules = Rules(behaviour: .certainty)
        var submission = submission(right: 0)
        submission.responses["q0"] = Response("false", certainty: 3)
        #expect(try grade(rules, submission).points == 0)
        rules.allowsNegativeTotal = true
        #expect(try grade(rules, submission).points == -6)
    }

    @Test func `a section asks as many as it says, the same for one seed`() throws {
        var quiz = quiz(Rules(), count: 50)
        quiz.sections[0].select = 5
        let key = try AnswerKey(quiz)
        var chosen: Set<[String]> = []
        for seed in 0..<50 {
            let asked = try key.grade(Submission(quiz: "quiz", seed: seed, responses: [:])).explanations.map(\.question)
            #expect(asked.count == 5 && Set(asked).count == 5)
            #expect(
                try key.grade(Submission(quiz: "quiz", seed: seed, responses: [:])).explanations.map(\.question)
                    == asked)
            chosen.insert(asked)
        }
        #expect(chosen.count > 45)
    }

    @Test func `a question that is added changes nobody's others`() throws {
        var quiz = quiz(Rules(), count: 20)
        quiz.sections[0].select = 10
        func asked() throws -> [String] {
            try AnswerKey(quiz).grade(Submission(quiz: "quiz", seed: 7, responses: [:])).explanations.map(\.question)
        }
        let before = try asked()
        quiz.sections[0].questions.reverse()
        #expect(try Set(asked()) == Set(before))
        quiz.sections[0].questions.append(
            Question(id: "new", interaction: .trueFalse(TrueFalseInteraction(answer: true))))
        #expect(try Set(asked()).subtracting(before).isSubset(of: ["new"]))
    }

    @Test func `a submission of something else is refused`() throws {
        let key = try AnswerKey(quiz(Rules()))
        let cases = [
            (Submission(quiz: "other", responses: [:]), "quiz is 'other', but the answer key is of 'quiz'."),
            (Submission(quiz: "quiz", version: 2, responses: [:]), "version is 2, but the answer key is of version 1."),
            (Submission(quiz: "quiz", attempt: 0, responses: [:]), "attempt is 0; attempts are counted from 1."),
            (
                Submission(quiz: "quiz", responses: ["x": Response("a"), "w": Response("a")]),
                "responses has an answer to 'w', which is no question of the quiz."
            ),
        ]
        for (submission, message) in cases {
            let error = #expect(throws: InvalidDocument.self) { try key.grade(submission) }
            #expect(error?.description == message)
        }
    }
}
