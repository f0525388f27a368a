import QuizScoring
import Testing

@testable import QuizStatistics

@Suite("Responses that are counted") struct ResponseTests {
    private func counted(_ interaction: Interaction, _ response: Response?) -> [String] {
        ResponseParts(interaction).keys(of: response, question: "q").map { "\($0.part)=\($0.response)" }.sorted()
    }

    private static let choice = Interaction.choice(
        ChoiceInteraction(choices: [Choice(id: "a", fraction: 1), Choice(id: "b")], multiple: true))
    private static let ordering = Interaction.ordering(OrderingInteraction(items: [LabelledItem(id: "a")]))

    @Test func `each choice counts by itself, and an order as a whole`() {
        #expect(counted(Self.choice, Response(["a", "b", "a"])) == ["=a", "=b"])
        #expect(counted(Self.ordering, Response(["b", "a"])) == ["=b, a"])
    }

    @Test func `each gap counts by itself, without white space around`() {
        #expect(counted(Self.choice, Response(["1": " Graz\n", "2": ["x", "y"]])) == ["1=Graz", "2=x", "2=y"])
    }

    @Test func `no answer is counted as none`() {
        #expect(counted(Self.choice, nil) == ["="])
        #expect(counted(Self.choice, Response("  ")) == ["="])
        #expect(counted(Self.choice, Response(nil, tries: ["a"])) == ["=a"])
    }

    @Test func `essays and marks in images are not counted`() {
        #expect(counted(.essay(EssayInteraction()), Response("Long ago")).isEmpty)
        #expect(counted(.hotspot(HotspotInteraction(areas: [])), Response(["1 2"])).isEmpty)
    }

    @Test func `what is hostile is cut, and told apart as the database does`() throws {
        let long = ResponseKey(question: "q", part: "", response: String(repeating: "ä", count: 200))
        #expect(long.response.utf8.count == 254)
        #expect(ResponseKey(question: "q", part: "", response: "a\0b").response == "a\u{FFFD}b")
        #expect(
            ResponseKey(question: "q", part: "", response: "\u{E9}")
                != ResponseKey(question: "q", part: "", response: "e\u{301}"))
        let many = Dictionary(uniqueKeysWithValues: (0..<5000).map { ("p\($0)", ResponseValue.text("x")) })
        #expect(counted(Self.choice, Response(.record(many))).count == 100)
    }
}
