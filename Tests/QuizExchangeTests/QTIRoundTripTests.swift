import Decimals
import QuizScoring
import Testing

@testable import QuizExchange

/// Questions of our own come back from QTI in another form, and score every response alike.
@Suite("QTI, out and back") struct QTIRoundTripTests {
    private static let half = Decimal128(5, exponent: -1)

    private func points(_ question: Question, _ response: ResponseValue) throws -> String {
        let rules = Rules(allowsNegativeTotal: true)
        let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: [question])], rules: rules)
        return try AnswerKey(quiz).grade(Submission(quiz: "quiz", responses: [question.id: Response(response)])).points
            .description
    }

    /// - Parameter responses: to the question, and the same ones to the item.
    private func check(
        _ interaction: Interaction, points: Decimal128 = 1, _ responses: [(ResponseValue, ResponseValue)]
    ) throws {
        let question = Question(id: "i", points: points, interaction: interaction)
        let export = QTIExport.write(question)
        #expect(export.notes.isEmpty, "\(export.notes)")
        let report = try QTIImport.read(Array(export.text.utf8))
        #expect(report.notes.isEmpty, "\(report.notes)")
        let imported = try #require(report.questions.first)
        #expect(imported.points == points)
        for (response, same) in responses {
            #expect(try self.points(imported, same) == self.points(question, response), "\(response)")
        }
    }

    @Test(arguments: PairScoring.allCases, [1, 7])
    func `matching becomes directed pairs`(scoring: PairScoring, points: Int) throws {
        let matching = MatchingInteraction(
            prompts: ["a", "b", "c"].map { MatchingPrompt(id: $0, text: $0.uppercased(), match: "\($0)1") },
            options: ["a1", "b1", "c1", "d1"].map { LabelledItem(id: $0, text: "is \($0)") }, scoring: scoring)
        try check(
            .matching(matching), points: Decimal128(points),
            [
                (["a": "a1", "b": "b1", "c": "c1"], ["a _option_a1", "b _option_b1", "c _option_c1"]),
                (["a": "a1", "b": "b1", "c": "d1"], ["a _option_a1", "b _option_b1", "c _option_d1"]),
                (["a": "a1", "b": "c1"], ["b _option_c1", "a _option_a1"]),
                (["a": "a1"], ["a _option_a1"]), (["a": "b1", "b": "a1"], ["a _option_b1", "b _option_a1"]),
            ])
    }

    @Test func `options that look the same are all right`() throws {
        let matching = MatchingInteraction(
            prompts: [MatchingPrompt(id: "a", match: "x"), MatchingPrompt(id: "b", match: "y")],
            options: [
                LabelledItem(id: "x", text: "Amphibian"), LabelledItem(id: "y", text: "Amphibian"),
                LabelledItem(id: "z", text: "Mammal"),
            ])
        try check(
            .matching(matching),
            [
                (["a": "y", "b": "x"], ["a _option_y", "b _option_x"]), (["a": "x"], ["a _option_x"]),
                (["a": "z", "b": "y"], ["a _option_z", "b _option_y"]),
            ])
    }

    @Test(arguments: PairScoring.allCases)
    func `what is dragged becomes pairs of gaps`(scoring: PairScoring) throws {
        // Ids of numbers, as Moodle's import gives them, are none of QTI's.
        let drag = DragAndDropInteraction(
            draggables: [Draggable(id: "1", text: "mat"), Draggable(id: "2", text: "cat", unlimited: true)],
            zones: [
                DropZone(id: "1", text: "The", accepts: ["2"]), DropZone(id: "2", text: "on the", accepts: ["1"]),
                DropZone(id: "3", accepts: ["2"]),
            ], scoring: scoring)
        try check(
            .dragAndDrop(drag), points: 2,
            [
                (["1": "2", "2": "1", "3": "2"], ["_drag_2 _1", "_drag_1 _2", "_drag_2 _3"]),
                (["1": "2", "2": "2"], ["_drag_2 _1", "_drag_2 _2"]), (["3": "1"], ["_drag_1 _3"]),
            ])
    }

    @Test func `numbers are compared within their tolerances`() throws {
        let numeric = NumericInteraction(answers: [
            NumericAnswer(value: 36, tolerance: .absolute(Self.half)),
            NumericAnswer(value: 100, tolerance: .relative(Decimal128(1, exponent: -2)), fraction: Self.half),
            NumericAnswer(from: 1, to: 2, fraction: Self.half), NumericAnswer(value: -5, fraction: Self.half),
        ])
        let responses: [ResponseValue] = [
            "36", "36.5", "36.51", "99", "98.99", "101", "1", "1.5", "2", "2.01", "-5", "5",
        ]
        try check(.numeric(numeric), points: 3, responses.map { ($0, $0) })
    }

    @Test func `gaps become variables that are added up`() throws {
        let cloze = ClozeInteraction(
            text: "{1} lies in {2}, by the {3}.",
            gaps: [
                ClozeGap(
                    id: "1",
                    interaction: .choice(
                        ChoiceInteraction(choices: [
                            Choice(id: "1", text: "Graz", fraction: 1), Choice(id: "2", text: "Linz", fraction: -1),
                            Choice(id: "3", text: "Leoben", fraction: Self.half),
                        ]))),
                ClozeGap(
                    id: "2",
                    interaction: .shortText(
                        ShortTextInteraction(answers: [
                            TextAnswer(text: "Styria"), TextAnswer(text: "Austria", fraction: Self.half),
                        ]))),
                ClozeGap(
                    id: "3",
                    interaction: .shortText(
                        ShortTextInteraction(answers: [TextAnswer(text: "Mur")], caseSensitive: true))),
            ])
        try check(
            .cloze(cloze),
            [
                (["1": "1", "2": "Styria", "3": "Mur"], ["_1": "_1", "_2": "styria", "_3": "Mur"]),
                (["1": "2", "2": "austria", "3": "Mur"], ["_1": "_2", "_2": "Austria", "_3": "Mur"]),
                (["1": "3", "3": "mur"], ["_1": "_3", "_3": "mur"]), (["2": "Styria"], ["_2": "Styria"]),
            ])
    }

    @Test(arguments: [true, false], [ChoiceScoring.weights, .rightMinusWrong])
    func `choices below nothing, and right ones minus wrong ones`(allowsNegative: Bool, scoring: ChoiceScoring) throws {
        let choices = [
            Choice(id: "a", fraction: Self.half), Choice(id: "b", fraction: Self.half),
            Choice(id: "c", fraction: -Self.half), Choice(id: "d"),
        ]
        let all: [ResponseValue] = [["a"], ["c"], ["d"], ["a", "b"], ["a", "c"], ["c", "d"], ["a", "b", "c", "d"]]
        try check(
            .choice(
                ChoiceInteraction(choices: choices, multiple: true, scoring: scoring, allowsNegative: allowsNegative)),
            points: 3, all.map { ($0, $0) })
        let single = [
            Choice(id: "a", fraction: 1), Choice(id: "b", fraction: Self.half), Choice(id: "c", fraction: -1),
        ]
        try check(
            .choice(ChoiceInteraction(choices: single, scoring: scoring, allowsNegative: allowsNegative)), points: 3,
            ["a", "b", "c"].map { ($0, $0) })
    }

    @Test func `what has no rules in QTI is listed, and so is what is lost`() {
        func notes(_ interaction: Interaction) -> [String] {
            QTIExport.write(Question(id: "i", interaction: interaction)).notes.map(\.problem)
        }
        #expect(
            notes(.formula(FormulaInteraction(variables: [], answers: [FormulaAnswer(formula: "1")])))
                == ["QTI has no rules for this formula question, so it is left out."])
        #expect(
            notes(.numeric(NumericInteraction(answers: [NumericAnswer(value: 1)], units: [Unit(name: "m")])))
                == ["QTI has no rules for this numeric question, so it is left out."])
        #expect(
            notes(.essay(EssayInteraction(minWords: 50)))
                == ["The rubric, and how many words are asked for, is not written."])
        #expect(
            notes(.trueFalse(TrueFalseInteraction(answer: true, feedbackTrue: "Yes.")))
                == ["The feedback of the answers is not written."])
    }

    @Test(arguments: [
        (#"tolerance-mode="relative" tolerance="1 1""#, "qti-equal"),
        (#"tolerance-mode="absolute" tolerance="1 1" include-lower-bound="false""#, "qti-equal"),
        (#"tolerance-mode="absolute" tolerance="x""#, "qti-equal"),
    ])
    func `a comparison that is not possible here is named`(attributes: String, rule: String) throws {
        let item = """
            <qti-assessment-item identifier="i"><qti-response-declaration identifier="R" cardinality="single" base-type="float"/>
            <qti-item-body><qti-text-entry-interaction response-identifier="R"/></qti-item-body><qti-response-processing>
            <qti-response-condition><qti-response-if><qti-equal \(attributes)><qti-variable identifier="R"/>
            <qti-base-value base-type="float">5</qti-base-value></qti-equal><qti-set-outcome-value identifier="SCORE">
            <qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-if>
            </qti-response-condition></qti-response-processing></qti-assessment-item>
            """
        let report = try QTIImport.read(Array(item.utf8))
        #expect(report.questions.isEmpty && report.notes.count == 1)
        #expect(report.notes[0].problem.contains("has a rule (\(rule))"), "\(report.notes)")
    }

    /// QTI 3.0, equal: the first value x, the second y; y must lie from x - t0 to x + t1.
    @Test func `a lopsided tolerance is a range`() throws {
        let equal = #"<qti-equal tolerance-mode="absolute" tolerance="1 2">"#
        let (variable, value) = (
            #"<qti-variable identifier="R"/>"#, #"<qti-base-value base-type="float">5</qti-base-value>"#
        )
        for (first, second, from, to) in [(value, variable, 4, 7), (variable, value, 3, 6)] {
            let item = """
                <qti-assessment-item identifier="i"><qti-response-declaration identifier="R" cardinality="single" base-type="float"/>
                <qti-item-body><qti-text-entry-interaction response-identifier="R"/></qti-item-body><qti-response-processing>
                <qti-response-condition><qti-response-if>\(equal)\(first)\(second)</qti-equal>
                <qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">2</qti-base-value>
                </qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing></qti-assessment-item>
                """
            let question = try #require(try QTIImport.read(Array(item.utf8)).questions.first)
            let range = NumericAnswer(from: Decimal128(from), to: Decimal128(to))
            #expect(question.points == 2)
            #expect(question.interaction == .numeric(NumericInteraction(answers: [range])))
        }
    }

    @Test(arguments: [(TextFormat.plain, "See <chapter> 2."), (.html, "See <b>chapter</b> 2.")])
    func `feedback that is always read comes back`(format: TextFormat, text: String) throws {
        let question = Question(
            id: "i", prompt: format == .html ? "<b>True?</b>" : "True?", format: format,
            feedback: QuestionFeedback(general: text, correct: "Well done."),
            interaction: .trueFalse(TrueFalseInteraction(answer: true)))
        let export = QTIExport.write(question)
        #expect(export.notes.map(\.problem) == ["The feedback by result is not written."])
        let report = try QTIImport.read(Array(export.text.utf8))
        #expect(report.notes.isEmpty, "\(report.notes)")
        #expect(report.questions.first?.feedback == QuestionFeedback(general: text))
    }

    @Test func `feedback that depends on the response is not taken over`() throws {
        let question = Question(
            id: "i", feedback: QuestionFeedback(general: "Always."),
            interaction: .trueFalse(TrueFalseInteraction(answer: true)))
        let text = QTIExport.write(question).text.replacing(
            "<qti-value>general</qti-value>", with: "<qti-value>none</qti-value>")
        let report = try QTIImport.read(Array(text.utf8))
        #expect(report.notes.map(\.problem) == ["The feedback is not taken over."])
        #expect(report.questions.first?.feedback == QuestionFeedback())
    }
}
