import Decimals
import Testing

@testable import QuizScoring

@Suite("Choice") struct ChoiceTests {
    /// Moodle, GIFT format, "What two people are entombed in Grant's tomb?": -50, 50, 50, -50 percent.
    private func grant(_ scoring: ChoiceScoring = .weights, negative: Bool = false) -> Interaction {
        let half = Decimal128(5, exponent: -1)
        return .choice(
            ChoiceInteraction(
                choices: [
                    Choice(id: "none", fraction: -half), Choice(id: "grant", fraction: half),
                    Choice(id: "wife", fraction: half), Choice(id: "father", fraction: -half),
                ], multiple: true, scoring: scoring, allowsNegative: negative))
    }

    @Test(arguments: [
        (["grant", "wife"], "1"), (["grant"], "0.5"), (["grant", "none"], "0"), (["none", "father"], "0"),
        (["grant", "wife", "none"], "0.5"), (["wife", "grant"], "1"),
    ])
    func `weights are added, and less than nothing is nothing`(chosen: [String], points: String) throws {
        #expect(try fraction(grant(), .list(chosen)) == points)
    }

    @Test func `a quiz may let wrong choices cost points`() throws {
        #expect(try fraction(grant(negative: true), ["none", "father"]) == "-1")
        #expect(try fraction(grant(negative: true), ["none"]) == "-0.5")
    }

    @Test(arguments: [(["grant", "wife"], "1"), (["grant"], "0"), (["grant", "wife", "none"], "0")])
    func `all or nothing takes exactly the right ones`(chosen: [String], points: String) throws {
        #expect(try fraction(grant(.allOrNothing), .list(chosen)) == points)
    }

    @Test(arguments: [
        (["grant", "wife"], "1"), (["grant"], "0.5"), (["grant", "wife", "none"], "0.5"), (["grant", "none"], "0"),
        (["none", "father"], "0"),
    ])
    func `right minus wrong takes wrong ones off right ones`(chosen: [String], points: String) throws {
        #expect(try fraction(grant(.rightMinusWrong), .list(chosen)) == points)
    }

    /// OpenLearn's example: three thirds are one.
    @Test func `thirds add up`() throws {
        let third = try #require(Decimal128(1).divided(by: 3))
        let choices = ["a", "b", "c"].map { Choice(id: $0, fraction: third) }
        #expect(try fraction(.choice(ChoiceInteraction(choices: choices, multiple: true)), ["a", "b", "c"]) == "1")
    }

    @Test func `a single choice is a text, true and false among them`() throws {
        let truth = Interaction.trueFalse(TrueFalseInteraction(answer: true))
        #expect(try fraction(truth, "true") == "1")
        #expect(try fraction(truth, "false") == "0")
        #expect(try fraction(truth, ["true"]) == "1")
    }

    @Test(
        arguments: [
            (["x"], "it has no choice 'x'"), (["grant", "grant"], "it has the choice 'grant' twice"),
            (["a": "b"], "it is not a choice"),
        ] as [(ResponseValue, String)])
    func `what is no choice is worth nothing, and says why`(response: ResponseValue, problem: String) throws {
        let explanation = try explanation(Question(id: "q", interaction: grant()), Response(response))
        #expect(explanation.points == 0)
        #expect(explanation.text == "0 of 1 points. The answer cannot be scored: \(problem).")
    }

    @Test func `feedback is that of the choices, then that of the question`() throws {
        let question = Question(
            id: "q", feedback: QuestionFeedback(general: "See chapter 3.", correct: "Well done.", incorrect: "No."),
            interaction: .choice(
                ChoiceInteraction(choices: [
                    Choice(id: "a", fraction: 1, feedback: "Indeed."), Choice(id: "b", feedback: "Think again."),
                ])))
        #expect(try explanation(question, Response("a")).feedback == ["Indeed.", "Well done.", "See chapter 3."])
        #expect(try explanation(question, Response("b")).feedback == ["Think again.", "No.", "See chapter 3."])
        #expect(try explanation(question, nil).feedback == ["No.", "See chapter 3."])
    }

    /// Moodle, question_state::graded_state_for_fraction: more than 0.999999 is right.
    @Test(arguments: [("0.3333333", "all"), ("0.333333", "some")])
    func `three thirds as Moodle writes them are all right`(third: String, feedback: String) throws {
        let choices = try ["a", "b", "c"].map { Choice(id: $0, fraction: try decimal(third)) }
        let question = Question(
            id: "q", feedback: QuestionFeedback(correct: "all", partial: "some"),
            interaction: .choice(ChoiceInteraction(choices: choices, multiple: true)))
        #expect(try explanation(question, Response(["a", "b", "c"])).feedback == [feedback])
    }
}
