import Decimals
import QuizScoring
import Testing

@testable import QuizExchange

/// The forms of https://docs.moodle.org/en/Moodle_XML_format.
@Suite("Moodle XML") struct MoodleTests {
    private func read(_ text: String) throws -> ImportReport { try MoodleImport.read(Array(text.utf8)) }

    private static let numerical = """
        <?xml version="1.0" encoding="UTF-8"?>
        <quiz>
          <question type="category"><category><text>$course$/top</text></category></question>
          <question type="numerical">
            <name><text>Speed</text></name>
            <questiontext format="html"><text><![CDATA[<p>How fast & far?</p>]]></text></questiontext>
            <generalfeedback format="html"><text>See chapter 2.</text></generalfeedback>
            <defaultgrade>2.0000000</defaultgrade><penalty>0.1000000</penalty>
            <answer fraction="100" format="moodle_auto_format"><text>36</text><tolerance>0.5</tolerance>
              <feedback format="html"><text>Yes.</text></feedback></answer>
            <answer fraction="33.33333"><text>36</text><tolerance>5</tolerance></answer>
            <unitgradingtype>1</unitgradingtype><unitpenalty>0.1000000</unitpenalty>
            <units>
              <unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>
              <unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit>
            </units>
            <hint format="html"><text>Think.</text></hint>
          </question>
          <question type="calculatedmulti"><name><text>x</text></name></question>
        </quiz>
        """

    @Test func `numbers come with tolerances, units and penalties`() throws {
        let report = try read(Self.numerical)
        #expect(
            report.notes.map(\.description) == [
                "Line 3: The category is not taken over.", "Line 17: The hint is not taken over.",
                "Line 19: Questions of the type 'calculatedmulti' are not taken over.",
            ])
        let question = try #require(report.questions.first)
        #expect(question.title == "Speed" && question.prompt == "<p>How fast & far?</p>" && question.points == 2)
        #expect(question.penalty.description == "0.1" && question.feedback.general == "See chapter 2.")
        #expect(
            question.interaction
                == .numeric(
                    NumericInteraction(
                        answers: [
                            NumericAnswer(
                                value: 36, tolerance: .absolute(Decimal128(5, exponent: -1)), feedback: "Yes."),
                            NumericAnswer(
                                value: 36, tolerance: .absolute(5), fraction: Decimal128(3_333_333, exponent: -7)),
                        ], units: [Unit(name: "m"), Unit(name: "cm", factor: Decimal128(1, exponent: -2))],
                        unitRule: .required,
                        unitPenalty: Decimal128(1, exponent: -1))))
    }

    @Test func `words are dragged into the text`() throws {
        let report = try read(
            """
            <quiz><question type="ddwtos"><name><text>n</text></name>
            <questiontext><text>The [[2]] sat on the [[1]].</text></questiontext>
            <dragbox><text>mat</text><group>1</group></dragbox><dragbox><text>cat</text><group>1</group><infinite/></dragbox>
            </question></quiz>
            """)
        #expect(report.notes.isEmpty)
        #expect(
            report.questions.first?.interaction
                == .dragAndDrop(
                    DragAndDropInteraction(
                        draggables: [
                            Draggable(id: "1", text: "mat"), Draggable(id: "2", text: "cat", unlimited: true),
                        ],
                        zones: [DropZone(id: "1", accepts: ["2"]), DropZone(id: "2", accepts: ["1"])])))
    }

    @Test func `a cloze text holds its questions`() throws {
        let text =
            "Graz lies {2:NUMERICAL:=200:10#Yes~%50%250:50} km from {:MC:Linz#No~=Wien}, in {1:SHORTANSWER_C:=Austria~=\\#A}. {no question}"
        let report = try read(
            "<quiz><question type='cloze'><name><text>n</text></name><questiontext><text>\(text)</text></questiontext></question></quiz>"
        )
        #expect(report.notes.isEmpty)
        let half = Decimal128(5, exponent: -1)
        let cloze = ClozeInteraction(
            text: "Graz lies {1} km from {2}, in {3}. {no question}",
            gaps: [
                ClozeGap(
                    id: "1", weight: 2,
                    interaction: .numeric(
                        NumericInteraction(answers: [
                            NumericAnswer(value: 200, tolerance: .absolute(10), feedback: "Yes"),
                            NumericAnswer(value: 250, tolerance: .absolute(50), fraction: half),
                        ]))),
                ClozeGap(
                    id: "2",
                    interaction: .choice(
                        ChoiceInteraction(choices: [
                            Choice(id: "1", text: "Linz", feedback: "No"), Choice(id: "2", text: "Wien", fraction: 1),
                        ]))),
                ClozeGap(
                    id: "3",
                    interaction: .shortText(
                        ShortTextInteraction(
                            answers: [TextAnswer(text: "Austria"), TextAnswer(text: "#A")], caseSensitive: true))),
            ])
        let question = try #require(report.questions.first)
        #expect(question.interaction == .cloze(cloze) && question.prompt == "")
        let export = MoodleExport.write([question])
        #expect(export.notes.isEmpty)
        #expect(try read(export.text).questions == [question])
    }

    @Test func `questions survive the way out and back`() throws {
        let half = Decimal128(5, exponent: -1)
        let interactions: [Interaction] = [
            .choice(
                ChoiceInteraction(
                    choices: [
                        Choice(id: "1", text: "<b>a</b> & \"b\"", fraction: 1, feedback: "x"),
                        Choice(id: "2", text: "b", fraction: -half),
                    ], allowsNegative: true)),
            .choice(
                ChoiceInteraction(
                    choices: [
                        Choice(id: "1", text: "a", fraction: half), Choice(id: "2", text: "b", fraction: half),
                        Choice(id: "3", text: "c", fraction: -half),
                    ], multiple: true)),
            .trueFalse(TrueFalseInteraction(answer: true, feedbackTrue: "Yes.", feedbackFalse: "No.")),
            .shortText(
                ShortTextInteraction(
                    answers: [TextAnswer(text: "DNA"), TextAnswer(text: "d*", match: .wildcard, fraction: half)],
                    caseSensitive: true)),
            .numeric(
                NumericInteraction(
                    answers: [NumericAnswer(value: 5, tolerance: .absolute(half))],
                    units: [Unit(name: "kg"), Unit(name: "g", factor: Decimal128(1, exponent: -3))])),
            .matching(
                MatchingInteraction(
                    prompts: [MatchingPrompt(id: "1", text: "p", match: "1")],
                    options: [LabelledItem(id: "1", text: "o"), LabelledItem(id: "2", text: "x")])),
            .ordering(
                OrderingInteraction(
                    items: [LabelledItem(id: "1", text: "a"), LabelledItem(id: "2", text: "b")],
                    scoring: .longestOrderedSubset)),
            .dragAndDrop(
                DragAndDropInteraction(
                    draggables: [Draggable(id: "1", text: "a"), Draggable(id: "2", text: "b", unlimited: true)],
                    zones: [DropZone(id: "1", accepts: ["2"])])),
            .formula(
                FormulaInteraction(
                    variables: [
                        FormulaVariable(name: "a", values: [1, 2], set: "items"),
                        FormulaVariable(name: "b", values: [3, half], set: "items"),
                    ],
                    answers: [
                        FormulaAnswer(formula: "{a} + {b}", tolerance: .relative(half)),
                        FormulaAnswer(formula: "{a}", tolerance: .geometric(half), fraction: half),
                        FormulaAnswer(formula: "{b}", tolerance: .absolute(1), fraction: 0, feedback: "No."),
                    ])),
            .essay(EssayInteraction(minWords: 10, maxWords: 100)),
        ]
        let questions = interactions.enumerated().map {
            Question(
                id: "q\($0 + 1)", title: "Title \($0)", prompt: "Say <i>[[2]]</i> & go", points: Decimal128($0 + 1),
                penalty: half,
                feedback: QuestionFeedback(general: "g", correct: "c", partial: "p", incorrect: "i"), interaction: $1)
        }
        let export = MoodleExport.write(questions)
        #expect(export.notes.isEmpty)
        let report = try read(export.text)
        #expect(report.notes.isEmpty)
        #expect(report.questions == questions)
    }

    @Test func `what Moodle scores in another way is named`() {
        let questions = [
            Question(
                id: "a",
                interaction: .choice(
                    ChoiceInteraction(choices: [Choice(id: "1", fraction: 1)], scoring: .rightMinusWrong))),
            Question(
                id: "b", interaction: .shortText(ShortTextInteraction(answers: [TextAnswer(text: "a+", match: .regex)]))
            ),
        ]
        #expect(
            MoodleExport.write(questions).notes.map(\.description) == [
                "Question a: Moodle XML cannot hold this choice question, so it is left out.",
                "Question b: Moodle XML cannot hold this shortText question, so it is left out.",
            ])
    }

    @Test func `a question that cannot be scored is left out`() throws {
        let report = try read(
            "<quiz>\n<question type=\"multichoice\"><answer fraction=\"400\"><text>a</text></answer></question></quiz>")
        #expect(report.questions.isEmpty)
        #expect(
            report.notes.map(\.description) == [
                "Line 2: The question cannot be scored: sections[0].questions[0].interaction.choices[0].fraction is 4; write a fraction from -1 to 1. It is left out."
            ])
    }
}
