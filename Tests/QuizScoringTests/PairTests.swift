import Decimals
import Testing

@testable import QuizScoring

@Suite("Matching, and drag and drop") struct PairTests {
    /// Moodle, GIFT format: countries and their capitals; two options with one text are one.
    private func capitals(_ scoring: PairScoring) -> Interaction {
        .matching(
            MatchingInteraction(
                prompts: [
                    MatchingPrompt(id: "canada", match: "1"), MatchingPrompt(id: "italy", match: "2"),
                    MatchingPrompt(id: "japan", match: "3"), MatchingPrompt(id: "india", match: "4"),
                ],
                options: [
                    LabelledItem(id: "1", text: "Ottawa"), LabelledItem(id: "2", text: "Rome"),
                    LabelledItem(id: "3", text: "Tokyo"), LabelledItem(id: "4", text: "New Delhi"),
                    LabelledItem(id: "5", text: "Rome"),
                ], scoring: scoring))
    }

    @Test(arguments: [
        (PairScoring.partial, "0.75"), (.allOrNothing, "0"), (.rightMinusWrong, "0.5"),
    ])
    func `pairs are scored as the quiz says`(scoring: PairScoring, points: String) throws {
        let response: ResponseValue = ["canada": "1", "italy": "5", "japan": "4", "india": "4"]
        #expect(try fraction(capitals(scoring), response) == points)
        #expect(try fraction(capitals(scoring), ["canada": "1", "italy": "2", "japan": "3", "india": "4"]) == "1")
        #expect(try fraction(capitals(scoring), ["canada": "2"]) == "0")
    }

    @Test func `what is left empty is neither right nor wrong`() throws {
        #expect(try fraction(capitals(.rightMinusWrong), ["canada": "1", "italy": "", "japan": "3"]) == "0.5")
    }

    @Test(arguments: [ResponseValue.record(["x": "1"]), ["canada": "9"], "canada", ["canada": ["1"]]])
    func `what is no pair is worth nothing`(response: ResponseValue) throws {
        let explanation = try explanation(Question(id: "q", interaction: capitals(.partial)), Response(response))
        #expect(explanation.points == 0)
        #expect(explanation.steps.first?.rule == .unreadable)
    }

    private func words(unlimited: Bool = false) -> Interaction {
        .dragAndDrop(
            DragAndDropInteraction(
                draggables: [Draggable(id: "cat", unlimited: unlimited), Draggable(id: "dog")],
                zones: [
                    DropZone(id: "a", accepts: ["cat"]), DropZone(id: "b", accepts: ["cat", "dog"]),
                    DropZone(id: "c", accepts: []),
                ]
            ))
    }

    @Test func `zones take what they accept, and one that must stay empty stays empty`() throws {
        #expect(try fraction(words(), ["a": "cat", "b": "dog"]) == "1")
        #expect(try fraction(words(), ["a": "dog", "b": "cat"]) == "0.66667")
        #expect(try fraction(words(), ["a": "cat", "b": "dog", "c": "dog"]) == "0.66667")
    }

    @Test func `a draggable is in one place, unless it is unlimited`() throws {
        #expect(try fraction(words(), ["a": "cat", "b": "cat"]) == "0.66667")
        #expect(try fraction(words(unlimited: true), ["a": "cat", "b": "cat"]) == "1")
    }
}
