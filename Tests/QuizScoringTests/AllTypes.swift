import Decimals
import TestSupport

@testable import QuizScoring

/// A question of every type, and responses to it from right to hostile.
struct AllTypes {
    static let half = Decimal128(5, exponent: -1)

    static let interactions: [Interaction] = [
        .choice(
            ChoiceInteraction(choices: [
                Choice(id: "a", fraction: 1), Choice(id: "b"), Choice(id: "c", fraction: -half),
            ])),
        .choice(
            ChoiceInteraction(
                choices: [
                    Choice(id: "a", fraction: half), Choice(id: "b", fraction: half), Choice(id: "c", fraction: -half),
                ], multiple: true)),
        .choice(
            ChoiceInteraction(
                choices: [Choice(id: "a", fraction: 1), Choice(id: "b", fraction: 1), Choice(id: "c")], multiple: true,
                scoring: .rightMinusWrong)),
        .trueFalse(TrueFalseInteraction(answer: true)),
        .numeric(
            NumericInteraction(
                answers: [
                    NumericAnswer(value: 5, tolerance: .relative(half)),
                    NumericAnswer(from: 100, to: 200, fraction: half),
                ],
                units: [Unit(name: "m"), Unit(name: "cm", factor: Decimal128(1, exponent: -2))])),
        .shortText(
            ShortTextInteraction(answers: [
                TextAnswer(text: "a"), TextAnswer(text: "(a|b)*c?", match: .regex, fraction: half),
                TextAnswer(text: "*b*", match: .wildcard, fraction: half),
            ])),
        .matching(
            MatchingInteraction(
                prompts: [MatchingPrompt(id: "a", match: "a"), MatchingPrompt(id: "b", match: "b")],
                options: [LabelledItem(id: "a"), LabelledItem(id: "b"), LabelledItem(id: "c")])),
        .ordering(
            OrderingInteraction(items: ["a", "b", "c"].map { LabelledItem(id: $0) }, scoring: .longestOrderedSubset)),
        .cloze(
            ClozeInteraction(gaps: [
                ClozeGap(id: "a", interaction: .shortText(ShortTextInteraction(answers: [TextAnswer(text: "b")]))),
                ClozeGap(
                    id: "b", weight: 2, interaction: .numeric(NumericInteraction(answers: [NumericAnswer(value: 5)]))),
            ])),
        .dragAndDrop(
            DragAndDropInteraction(
                draggables: [Draggable(id: "a"), Draggable(id: "b")],
                zones: [DropZone(id: "a", accepts: ["a"]), DropZone(id: "b", accepts: ["b"])])),
        .hotspot(HotspotInteraction(areas: [HotspotArea(id: "a", shape: .circle, coords: [5, 5, 5])], outside: -half)),
        .formula(
            FormulaInteraction(
                variables: [FormulaVariable(name: "a", from: 1, to: 5)],
                answers: [FormulaAnswer(formula: "{a}", tolerance: .absolute(2))])),
        .essay(EssayInteraction()),
        .template(
            TemplateInteraction(responses: [
                ResponseDeclaration(
                    id: "a", cardinality: .multiple,
                    mapping: Mapping(
                        entries: [MapEntry(key: "a", value: 2), MapEntry(key: "b", value: 1)], defaultValue: -1,
                        lowerBound: 0), template: .mapResponse)
            ])),
    ]

    static func quiz(_ rules: Rules = Rules()) -> Quiz {
        let questions = interactions.enumerated().map {
            Question(id: "q\($0)", points: Decimal128($0 + 1), interaction: $1)
        }
        return Quiz(id: "all", sections: [Section(id: "s", questions: questions)], rules: rules)
    }

    private static let texts = [
        "a", "b", "c", "5", "5 m", "500 cm", "150", "5 5", "1 1", "99 99", "true", "a b", "", " ", "NaN", "inf", "∞",
        "1e300", "-1e300", "1e-300",
        "-0", "1" + String(repeating: "0", count: 300), "\u{0}", "\u{202E}a", "e\u{301}", "٣", "😀",
        "a\u{301}\u{301}\u{301}", "' OR 1=1", "{a}",
        String(repeating: "a", count: 3000), String(repeating: "ab", count: 900) + "d", "1,1,1.1.1", "x10^", "--5",
        "5e", "1 2 3", "$", "\\",
    ]

    static func text(_ random: inout SeededGenerator) -> String {
        if Int.random(in: 0..<6, using: &random) > 0 { return texts.randomElement(using: &random) ?? "" }
        let scalars = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }

    static func value(_ random: inout SeededGenerator, nested: Bool = false) -> ResponseValue {
        switch Int.random(in: 0..<(nested ? 2 : 3), using: &random) {
        case 0: return .text(text(&random))
        case 1: return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in text(&random) })
        default:
            let keys = ["a", "b", "c", text(&random)].prefix(Int.random(in: 0...4, using: &random))
            return .record(Dictionary(keys.map { ($0, value(&random, nested: true)) }) { first, _ in first })
        }
    }

    static func response(_ random: inout SeededGenerator) -> Response {
        let tries = (0..<Int.random(in: 0...2, using: &random)).map { _ in value(&random) }
        return Response(
            value(&random), tries: tries,
            certainty: [nil, 0, 1, 2, 3, .max, .min].randomElement(using: &random) ?? nil)
    }

    static func submission(_ random: inout SeededGenerator) -> Submission {
        let times = [nil, 0, 1000, 5000, Int.max, Int.min]
        let responses = interactions.indices.filter { _ in Bool.random(using: &random) }.map {
            ("q\($0)", response(&random))
        }
        return Submission(
            quiz: "all", attempt: Int.random(in: 1...3, using: &random),
            seed: [0, 1, -1, .max, .min, 42].randomElement(using: &random) ?? 0,
            startedAt: times.randomElement(using: &random) ?? nil,
            submittedAt: times.randomElement(using: &random) ?? nil,
            extraTime: [0, 60, .max, .min].randomElement(using: &random) ?? 0,
            extensionTime: [0, 60, .max, .min].randomElement(using: &random) ?? 0,
            responses: Dictionary(uniqueKeysWithValues: responses),
            marks: Int.random(in: 0..<4, using: &random) == 0
                ? [
                    "q\(Int.random(in: 0..<14, using: &random))": ManualMark(
                        points: Decimal128(Int.random(in: -1...3, using: &random)))
                ] : [:])
    }
}
