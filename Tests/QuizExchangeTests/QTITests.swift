import Decimals
import QuizScoring
import Testing

@testable import QuizExchange

@Suite("QTI 3.0") struct QTITests {
    private func read(_ text: String) throws -> ImportReport { try QTIImport.read(Array(text.utf8)) }

    private func item(_ declaration: String, _ body: String, _ processing: String) -> String {
        """
        <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="T" adaptive="false">
        \(declaration)
        <qti-item-body>\(body)</qti-item-body>
        \(processing)
        </qti-assessment-item>
        """
    }

    private static let template = "https://www.imsglobal.org/question/qti_v3p0/rptemplates/"
    private static let declaration = """
        <qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response>\
        <qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
        """
    private static let body = """
        <p>Which <b>one</b>?</p><qti-choice-interaction response-identifier="R"><qti-simple-choice identifier="A">Ay</qti-simple-choice>\
        <qti-simple-choice identifier="B">Bee</qti-simple-choice></qti-choice-interaction>
        """

    private func points(_ question: Question, _ response: ResponseValue) throws -> String {
        let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: [question])])
        return try AnswerKey(quiz).grade(Submission(quiz: "quiz", responses: [question.id: Response(response)])).points
            .description
    }

    @Test func `an item with a standard template`() throws {
        let report = try read(
            item(
                Self.declaration, Self.body, "<qti-response-processing template=\"\(Self.template)match_correct.xml\"/>"
            ))
        #expect(report.notes.isEmpty)
        let question = try #require(report.questions.first)
        #expect(
            question.id == "i" && question.title == "T" && question.format == .html
                && question.prompt == "<p>Which <b>one</b>?</p>")
        #expect(
            question.interaction
                == .template(
                    TemplateInteraction(
                        responses: [ResponseDeclaration(id: "R", correct: ["B"])],
                        labels: [
                            TemplateLabel(response: "R", id: "A", text: "Ay"),
                            TemplateLabel(response: "R", id: "B", text: "Bee"),
                        ])))
        #expect(try points(question, "B") == "1")
    }

    @Test(arguments: [
        (
            "<qti-response-processing template=\"x/CC2_match.xml\"/>",
            "The template 'x/CC2_match.xml' is none of the standard ones, so the item is left out."
        ),
        (
            "<qti-response-processing><qti-response-condition><qti-response-if><qti-is-null/></qti-response-if></qti-response-condition></qti-response-processing>",
            "The response processing has a rule (qti-is-null) that is not possible here, so the item is left out."
        ),
        (
            "<qti-response-processing/>",
            "The response processing has rules beyond one condition, so the item is left out."
        ),
    ])
    func `other rules are named with their line`(processing: String, problem: String) throws {
        let report = try read(item(Self.declaration, Self.body, processing))
        #expect(report.questions.isEmpty)
        #expect(report.notes.map(\.description) == ["Line 4: \(problem)"])
    }

    @Test func `a package lists its items, and no files beyond itself`() throws {
        let manifest = """
            <manifest><resources><resource type="imsqti_item_xmlv3p0" href="items/a.xml"/><resource type="imsqti_item_xmlv3p0" href="../b.xml"/>\
            <resource type="imsqti_item_xmlv3p0" href="/etc/passwd"/><resource type="webcontent" href="c.png"/></resources></manifest>
            """
        #expect(try QTIManifest(Array(manifest.utf8)).items == ["items/a.xml"])
    }

    @Test func `template questions survive the way out and back`() throws {
        let declarations = [
            ResponseDeclaration(id: "R", cardinality: .multiple, correct: ["A", "C"]),
            ResponseDeclaration(
                id: "R", cardinality: .multiple, correct: ["A", "C"], alternatives: [["A"], ["B", "C"]]),
            ResponseDeclaration(id: "R", cardinality: .ordered, correct: ["A", "C"], alternatives: [["C", "A"]]),
            ResponseDeclaration(
                id: "R", baseType: .string, correct: ["York"],
                mapping: Mapping(
                    entries: [
                        MapEntry(key: "York", value: 1, caseSensitive: false),
                        MapEntry(key: "york", value: Decimal128(5, exponent: -1)),
                    ], defaultValue: -1, lowerBound: 0), template: .mapResponse),
            ResponseDeclaration(
                id: "R", baseType: .point,
                areaMapping: Mapping(entries: [AreaMapEntry(shape: .circle, coords: [1, 2, 3], value: 1)]),
                template: .mapResponsePoint),
        ]
        for declaration in declarations {
            let labels =
                declaration.baseType == .identifier ? [TemplateLabel(response: "R", id: "A", text: "a & b")] : []
            let question = Question(
                id: "i", title: "T", prompt: "Now.",
                interaction: .template(TemplateInteraction(responses: [declaration], labels: labels)))
            let export = QTIExport.write(question)
            #expect(export.notes.isEmpty)
            #expect(try read(export.text).questions == [question])
        }
    }

    /// Questions of our own come back as template questions that score every response alike.
    @Test func `other questions score the same after the way out and back`() throws {
        let half = Decimal128(5, exponent: -1)
        let choices = [
            Choice(id: "a", fraction: half), Choice(id: "b", fraction: half), Choice(id: "c", fraction: -half),
        ]
        let all: [ResponseValue] = [["a"], ["b"], ["c"], ["a", "b"], ["b", "c"], ["a", "b", "c"]]
        let cases: [(Interaction, [ResponseValue])] = [
            (.choice(ChoiceInteraction(choices: choices, multiple: true)), all),
            (.choice(ChoiceInteraction(choices: choices, multiple: true, scoring: .allOrNothing)), all),
            (.choice(ChoiceInteraction(choices: [Choice(id: "a"), Choice(id: "b", fraction: 1)])), ["a", "b"]),
            (.trueFalse(TrueFalseInteraction(answer: false)), ["true", "false"]),
            (
                .shortText(
                    ShortTextInteraction(answers: [TextAnswer(text: "Graz"), TextAnswer(text: "Wien", fraction: half)])),
                ["graz", "WIEN", "Linz"]
            ),
            (
                .hotspot(
                    HotspotInteraction(
                        areas: [
                            HotspotArea(id: "a", coords: [0, 0, 9, 9], fraction: half),
                            HotspotArea(id: "b", coords: [20, 0, 29, 9], fraction: half),
                        ],
                        outside: -half)),
                [["5 5"], ["5 5", "25 5"], ["5 5", "50 50"], ["6 6", "5 5"], ["99 99"]]
            ),
            (
                .ordering(OrderingInteraction(items: [LabelledItem(id: "x"), LabelledItem(id: "y")])),
                [["x", "y"], ["y", "x"], ["x"]]
            ),
        ]
        for (interaction, responses) in cases {
            let question = Question(id: "i", interaction: interaction)
            let export = QTIExport.write(question)
            #expect(export.notes.isEmpty)
            let imported = try #require(try read(export.text).questions.first)
            for response in responses {
                #expect(try points(imported, response) == points(question, response), "\(response)")
            }
        }
    }
}
