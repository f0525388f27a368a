import Decimals
import Testing

@testable import QuizScoring

/// QTI 3.0, Response Processing: match_correct, map_response and map_response_point.
@Suite("QTI templates") struct TemplateTests {
    private func item(_ declaration: ResponseDeclaration, max: Decimal128? = nil) -> Interaction {
        .template(TemplateInteraction(responses: [declaration], maxScore: max))
    }

    private func points(_ interaction: Interaction, _ response: ResponseValue, of most: Decimal128) throws -> String {
        try explanation(Question(id: "q", points: most, interaction: interaction), Response(response)).points
            .description
    }

    @Test func `match_correct compares as the cardinality says`() throws {
        let single = item(ResponseDeclaration(id: "R", correct: ["B"]))
        #expect(try fraction(single, "B") == "1")
        #expect(try fraction(single, "A") == "0")
        let multiple = item(ResponseDeclaration(id: "R", cardinality: .multiple, correct: ["A", "C"]))
        #expect(try fraction(multiple, ["C", "A"]) == "1")
        #expect(try fraction(multiple, ["C", "A", "A"]) == "0")
        let ordered = item(ResponseDeclaration(id: "R", cardinality: .ordered, correct: ["C", "A", "B"]))
        #expect(try fraction(ordered, ["C", "A", "B"]) == "1")
        #expect(try fraction(ordered, ["A", "C", "B"]) == "0")
        let number = item(ResponseDeclaration(id: "R", baseType: .float, correct: ["0.5"]))
        #expect(try fraction(number, "5e-1") == "1")
        #expect(try fraction(number, "half") == "0")
    }

    @Test func `a pair has no direction, a directed pair has one`() throws {
        for (type, points) in [(BaseType.pair, "1"), (.directedPair, "0")] {
            let declaration = ResponseDeclaration(id: "R", cardinality: .multiple, baseType: type, correct: ["A P"])
            #expect(try fraction(item(declaration), ["P A"]) == points)
        }
    }

    /// The mapping of the specification's example "Richard III": default -1, lower bound 0.
    @Test(arguments: [
        (["W G1", "Su G2"], "3"), (["W G1"], "1"), (["W G1", "A G2"], "0"), (["A G1", "A G2"], "0"),
        (["Su G2", "A G1"], "1"),
        (["W G1", "W G1"], "1"),
    ])
    func `map_response sums what the map says, within its bounds`(response: [String], expected: String) throws {
        let mapping = Mapping(
            entries: [MapEntry(key: "W G1", value: 1), MapEntry(key: "Su G2", value: 2)], defaultValue: -1,
            lowerBound: 0)
        let declaration = ResponseDeclaration(
            id: "R", cardinality: .multiple, baseType: .directedPair, correct: ["W G1", "Su G2"], mapping: mapping,
            template: .mapResponse)
        #expect(try points(item(declaration), .list(response), of: 3) == expected)
    }

    @Test func `a key may be compared without its case`() throws {
        let mapping = Mapping(entries: [
            MapEntry(key: "York", value: 1, caseSensitive: false), MapEntry(key: "york?", value: 1),
        ])
        let declaration = ResponseDeclaration(id: "R", baseType: .string, mapping: mapping, template: .mapResponse)
        #expect(try fraction(item(declaration), "YORK") == "1")
        #expect(try fraction(item(declaration), "YORK?") == "0")
    }

    @Test func `map_response_point scores areas`() throws {
        let areas = Mapping(
            entries: [AreaMapEntry(shape: .circle, coords: [102, 113, 16], value: 1)])
        let declaration = ResponseDeclaration(
            id: "R", baseType: .point, areaMapping: areas, template: .mapResponsePoint)
        #expect(try fraction(item(declaration), "102 113") == "1")
        #expect(try fraction(item(declaration), "102 130") == "0")
        #expect(try fraction(item(declaration), "nowhere") == "0")
    }

    @Test func `several variables are added`() throws {
        let item = Interaction.template(
            TemplateInteraction(responses: [
                ResponseDeclaration(id: "R1", correct: ["A"]),
                ResponseDeclaration(id: "R2", baseType: .integer, correct: ["7"]),
            ]))
        #expect(try points(item, ["R1": "A", "R2": "7"], of: 2) == "2")
        #expect(try points(item, ["R1": "A", "R2": "8"], of: 2) == "1")
        #expect(try points(item, ["R2": "7"], of: 2) == "1")
        #expect(try points(item, ["R3": "7"], of: 2) == "0")
        #expect(try points(item, ["R2": "7.5"], of: 2) == "0")
    }
}
