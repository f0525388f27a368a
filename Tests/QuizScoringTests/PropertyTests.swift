import Decimals
import TestSupport
import Testing

@testable import QuizScoring

/// Change the seed to look elsewhere; a failure names the round.
@Suite("Properties, and hostile submissions", .timeLimit(.minutes(5))) struct PropertyTests {
    private static let seed: UInt64 = 20_261_121

    private static let rules: [Rules] = Behaviour.allCases.flatMap { behaviour in
        [
            Rules(behaviour: behaviour),
            Rules(
                behaviour: behaviour, rounding: Rounding(places: 0, questionPlaces: 1, rule: .halfEven),
                timeLimit: TimeLimit(seconds: 3600, grace: 10),
                late: LatePenalty(
                    dueAt: 2000, grace: 5, fraction: Decimal128(1, exponent: -1), every: .hour,
                    lowest: Decimal128(2, exponent: -1)),
                passMark: AllTypes.half,
                letters: [LetterBoundary(letter: "A", from: AllTypes.half), LetterBoundary(letter: "F", from: 0)]),
        ]
    }

    @Test(arguments: rules.indices)
    func `whatever comes in, a grade is in its bounds, the same again, and survives its JSON`(index: Int) throws {
        let rules = Self.rules[index]
        let key = try AnswerKey(AllTypes.quiz(rules))
        var random = SeededGenerator(seed: Self.seed &+ UInt64(index))
        for round in 0..<60 {
            let submission = AllTypes.submission(&random)
            let grade = try key.grade(submission)
            let most = rules.behaviour == .certainty ? grade.maxPoints * 3 : grade.maxPoints
            #expect(grade.points >= 0 && grade.points <= most, "round \(round)")
            #expect(grade.explanations.count == AllTypes.interactions.count)
            #expect(try key.grade(submission) == grade, "round \(round)")
            let json = grade.json()
            #expect(try json == encoded(grade), "round \(round)")
            #expect(try Grade(json: json) == grade, "round \(round)")
            // Another delivery, read from JSON, with its responses in another order.
            let again = try AnswerKey(AllTypes.quiz(rules)).grade(Submission(json: submission.json()))
            #expect(again.json() == json, "round \(round)")
            #expect(!grade.text.isEmpty)
        }
    }

    /// As the encoder writes what has no writer of its own.
    private func encoded(_ document: some JSONDocument) throws -> [UInt8] { try document.json() }

    @Test func `every character of a feedback is written as the encoder writes it`() throws {
        let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "\u{2028}😀</script>"
        let truth = TrueFalseInteraction(answer: true, feedbackTrue: text)
        let quiz = Quiz(
            id: "q", sections: [Section(id: "s", questions: [Question(id: "a\"\\", interaction: .trueFalse(truth))])])
        let grade = try AnswerKey(quiz).grade(Submission(quiz: "q", responses: ["a\"\\": Response("true")]))
        #expect(try grade.json() == encoded(grade))
    }

    @Test func `the order of what was chosen changes nothing`() throws {
        var random = SeededGenerator(seed: Self.seed)
        let ids = (0..<8).map { "c\($0)" }
        for _ in 0..<200 {
            let choices = ids.map {
                Choice(
                    id: $0, fraction: Decimal128(Int.random(in: -10...10, using: &random), exponent: -1), feedback: $0)
            }
            let question = Question(id: "q", interaction: .choice(ChoiceInteraction(choices: choices, multiple: true)))
            let chosen = ids.filter { _ in Bool.random(using: &random) }
            let expected = try explanation(question, Response(.list(chosen)))
            #expect(try explanation(question, Response(.list(chosen.shuffled(using: &random)))) == expected)
        }
    }

    @Test func `a wider tolerance accepts no less`() throws {
        var random = SeededGenerator(seed: Self.seed)
        func points(_ value: Decimal128, _ tolerance: Tolerance, _ response: Decimal128) throws -> Decimal128 {
            let interaction = NumericInteraction(answers: [NumericAnswer(value: value, tolerance: tolerance)])
            return try explanation(
                Question(id: "q", interaction: .numeric(interaction)), Response(.text("\(response)"))
            ).points
        }
        func number() -> Decimal128 {
            Decimal128(Int.random(in: -999...999, using: &random), exponent: Int.random(in: -3...3, using: &random))
        }
        for _ in 0..<300 {
            let (value, response, size, more) = (number(), number(), number().magnitude, number().magnitude)
            #expect(try points(value, .absolute(size), response) <= points(value, .absolute(size + more), response))
            #expect(try points(value, .relative(size), response) <= points(value, .relative(size + more), response))
            #expect(try points(value, .geometric(size), response) <= points(value, .geometric(size + more), response))
        }
    }

    @Test func `more right pairs earn no less, and more lateness earns no more`() throws {
        let ids = (0..<10).map { "p\($0)" }
        let interaction = MatchingInteraction(
            prompts: ids.map { MatchingPrompt(id: $0, match: $0) }, options: ids.map { LabelledItem(id: $0) })
        var last = Decimal128(-1)
        for count in 0...10 {
            let right = Dictionary(uniqueKeysWithValues: ids.prefix(count).map { ($0, ResponseValue.text($0)) })
            let points = try explanation(
                Question(id: "q", interaction: .matching(interaction)), Response(.record(right))
            ).points
            #expect(points > last || count == 0)
            last = points
        }
        let key = try AnswerKey(
            Quiz(
                id: "q",
                sections: [
                    Section(
                        id: "s",
                        questions: [
                            Question(id: "a", points: 100, interaction: .trueFalse(TrueFalseInteraction(answer: true)))
                        ])
                ],
                rules: Rules(late: LatePenalty(dueAt: 0, fraction: Decimal128(7, exponent: -2), every: .hour))))
        last = 100
        for minutes in stride(from: -60, through: 2000, by: 7) {
            let points = try key.grade(
                Submission(quiz: "q", submittedAt: minutes * 60, responses: ["a": Response("true")])
            ).points
            #expect(points <= last)
            last = points
        }
        #expect(last == 0)
    }

    @Test func `a hundred thousand questions are graded`() throws {
        let count = 100_000
        let questions = (0..<count).map {
            Question(id: "q\($0)", interaction: .trueFalse(TrueFalseInteraction(answer: true)))
        }
        var quiz = Quiz(id: "q", sections: [Section(id: "s", questions: questions)])
        let key = try AnswerKey(quiz)
        let responses = Dictionary(
            uniqueKeysWithValues: (0..<count).map { ("q\($0)", Response($0 % 2 == 0 ? "true" : "false")) })
        #expect(try key.grade(Submission(quiz: "q", responses: responses)).points == Decimal128(count / 2))
        quiz.sections.append(
            Section(id: "t", questions: [Question(id: "more", interaction: .essay(EssayInteraction()))]))
        #expect(throws: InvalidDocument.self) { try AnswerKey(quiz) }
    }

    @Test func `damaged documents trap nowhere`() throws {
        let quiz = try AllTypes.quiz(Self.rules[1]).json()
        var random = SeededGenerator(seed: Self.seed)
        var submissions: [[UInt8]] = []
        for _ in 0..<5 { submissions.append(try AllTypes.submission(&random).json()) }
        let key = try AnswerKey(AllTypes.quiz())
        for round in 0..<300 {
            let damaged = Self.damaged(round % 2 == 0 ? quiz : submissions[round % 5], &random)
            if round % 2 == 0 {
                if let quiz = try? Quiz(json: damaged), let key = try? AnswerKey(quiz) {
                    _ = try? key.grade(AllTypes.submission(&random))
                }
            } else if let submission = try? Submission(json: damaged) {
                _ = try? key.grade(submission)
            }
        }
    }

    /// Other digits and letters in the place of some, so that many are still documents.
    private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch bytes[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes[place] = UInt8.random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &random)
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                bytes[place] = UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &random)
            default: bytes[place] = "\"[]{},:-.e0".utf8.randomElement(using: &random) ?? 0
            }
        }
        return bytes
    }
}
