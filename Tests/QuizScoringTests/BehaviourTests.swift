import Decimals
import Testing

@testable import QuizScoring

@Suite("Tries, certainty, people") struct BehaviourTests {
    private let half = Decimal128(5, exponent: -1)

    private func question(points: Decimal128 = 1, penalty: Decimal128 = Question.defaultPenalty) -> Question {
        Question(
            id: "q", points: points, penalty: penalty,
            interaction: .choice(
                ChoiceInteraction(
                    choices: [
                        Choice(id: "right", fraction: 1), Choice(id: "half", fraction: half), Choice(id: "wrong"),
                        Choice(id: "worse", fraction: Decimal128(-25, exponent: -2)),
                    ], allowsNegative: true)))
    }

    /// Moodle, question/behaviour/deferredcbm/tests/question_cbm_test.php.
    @Test(arguments: [
        ("right", 1, "1"), ("right", 2, "2"), ("right", 3, "3"), ("wrong", 1, "0"), ("wrong", 2, "-2"),
        ("wrong", 3, "-6"),
        ("half", 1, "0.5"), ("half", 2, "1"), ("half", 3, "1.5"), ("worse", 1, "0"), ("worse", 2, "-2"),
        ("worse", 3, "-6"),
    ])
    func `certainty multiplies as in Moodle`(choice: String, certainty: Int, points: String) throws {
        let response = Response(.text(choice), certainty: certainty)
        #expect(try explanation(question(), response, .certainty).points.description == points)
    }

    @Test func `what is left out costs nothing, and an unknown certainty is worth nothing`() throws {
        #expect(try explanation(question(), nil, .certainty).points == 0)
        #expect(try explanation(question(), Response("", certainty: 3), .certainty).points == 0)
        #expect(try explanation(question(), Response("no such choice", certainty: 3), .certainty).points == 0)
        #expect(try explanation(question(), Response("right", certainty: 4), .certainty).points == 0)
        #expect(try explanation(question(), Response("right"), .certainty).points == 1)
    }

    /// Moodle, "Penalty for each incorrect try": three marks and 0.3333333 give 3, 2 and 1.
    @Test(arguments: [(0, "3"), (1, "2"), (2, "1"), (3, "0"), (4, "0")])
    func `each try costs its penalty`(earlier: Int, points: String) throws {
        let wrong: [ResponseValue] = ["wrong", "half", "wrong", "half"]
        let response = Response("right", tries: Array(wrong.prefix(earlier)))
        let given = try explanation(question(points: 3), response, .interactive)
        #expect(given.points.rounded(places: 2, .halfUp).description == points)
    }

    @Test func `adaptive keeps the best try`() throws {
        let response = Response("wrong", tries: ["half", "wrong"])
        #expect(try explanation(question(), response, .adaptive).points == half)
        #expect(try explanation(question(), response, .interactive).points == 0)
        #expect(try explanation(question(), response, .deferred).points == 0)
        let second = try explanation(
            question(penalty: Decimal128(1, exponent: -1)), Response("right", tries: ["wrong"]), .adaptive)
        #expect(
            second.text
                == "0.9 of 1 points. 1 of 2 right choices were made, and 0 others; each choice has its weight. Try 2 counts; earlier tries cost 10 %."
        )
    }

    @Test func `the same answer again is no try, and neither is what is no answer`() throws {
        let response = Response("right", tries: ["wrong", "wrong", "", "no such choice", "right"])
        #expect(
            try explanation(question(penalty: Decimal128(1, exponent: -1)), response, .interactive).points
                == Decimal128(9, exponent: -1))
    }

    @Test func `dozens of tries are refused`() throws {
        let response = Response("right", tries: Array(repeating: "wrong", count: 26))
        #expect(try explanation(question(), response, .adaptive).points == 0)
    }

    private let essay = Question(
        id: "q", points: 10,
        interaction: .essay(
            EssayInteraction(
                minWords: 3,
                rubric: [
                    RubricCriterion(
                        id: "style",
                        levels: [
                            RubricLevel(id: "poor", fraction: 0),
                            RubricLevel(id: "good", fraction: Decimal128(3, exponent: -1)),
                        ]),
                    RubricCriterion(
                        id: "facts",
                        levels: [
                            RubricLevel(id: "some", fraction: Decimal128(4, exponent: -1)),
                            RubricLevel(id: "all", fraction: Decimal128(7, exponent: -1)),
                        ]),
                ])))

    @Test func `an essay waits for a person`() throws {
        let waiting = try explanation(essay, Response("Too short."))
        #expect(waiting.status == .awaitingPerson)
        #expect(
            waiting.text
                == "Not marked yet. A person will mark this answer. The text has 2 words; at least 3 were asked for.")
        #expect(try explanation(essay, nil).status == .graded)
    }

    @Test(arguments: [
        (ManualMark(points: 7), "7"), (ManualMark(levels: ["style": "good", "facts": "some"]), "7"),
        (ManualMark(levels: ["style": "good", "facts": "all"]), "10"), (ManualMark(levels: ["style": "good"]), "0"),
        (ManualMark(levels: ["style": "good", "facts": "none"]), "0"), (ManualMark(points: 11), "0"),
        (ManualMark(points: -1), "0"),
        (ManualMark(), "0"),
    ])
    func `a person marks by points or by the rubric`(mark: ManualMark, points: String) throws {
        let marked = try explanation(essay, Response("Text."), mark: mark)
        #expect(marked.points.description == points)
        #expect(marked.status == .graded)
    }

    @Test func `a person may overrule any question`() throws {
        let marked = try explanation(
            question(points: 2), Response("wrong"), mark: ManualMark(points: 1, comment: "I let this pass."))
        #expect(marked.text == "1 of 2 points. A person marked this answer. I let this pass.")
    }
}
