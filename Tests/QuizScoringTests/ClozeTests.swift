import Decimals
import Testing

@testable import QuizScoring

@Suite("Cloze") struct ClozeTests {
    /// A word, a number of twice its weight, and a choice.
    private let cloze = Interaction.cloze(
        ClozeInteraction(
            text: "{1} lies {2} km from {3}.",
            gaps: [
                ClozeGap(id: "1", interaction: .shortText(ShortTextInteraction(answers: [TextAnswer(text: "Graz")]))),
                ClozeGap(
                    id: "2", weight: 2,
                    interaction: .numeric(
                        NumericInteraction(answers: [NumericAnswer(value: 200, tolerance: .absolute(10))]))),
                ClozeGap(
                    id: "3",
                    interaction: .choice(
                        ChoiceInteraction(choices: [Choice(id: "w", fraction: 1), Choice(id: "l", feedback: "No.")]))),
            ]))

    @Test(
        arguments: [
            (["1": "graz", "2": "195", "3": "w"], "1"), (["1": "graz"], "0.25"),
            (["2": "205", "3": "l"], "0.5"), (["2": "x"], "0"), (["4": "x"], "0"), ("graz", "0"), ([:], "0"),
        ] as [(ResponseValue, String)])
    func `gaps count by their weights`(response: ResponseValue, points: String) throws {
        #expect(try fraction(cloze, response) == points)
    }

    @Test func `each gap is explained`() throws {
        let explanation = try explanation(
            Question(id: "q", points: 4, interaction: cloze), Response(["1": "Graz", "2": "many", "3": "l"]))
        #expect(
            explanation.text == """
                1 of 4 points. Gap 1 is right for 100 %. Gap 2 is right for 0 %. \
                The answer cannot be scored: it is 'many', which is no number. Gap 3 is right for 0 %. No.
                """)
    }
}
