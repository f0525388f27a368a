import Decimals
import QuizScoring
import Testing

@testable import QuizExchange

/// The forms of https://docs.moodle.org/en/GIFT_format.
@Suite("GIFT") struct GIFTTests {
    private func read(_ text: String) throws -> ImportReport { try GIFTImport.read(Array(text.utf8)) }

    private func only(_ text: String) throws -> Question {
        let report = try read(text)
        #expect(report.notes.isEmpty && report.questions.count == 1)
        return try #require(report.questions.first)
    }

    @Test func `multiple choice, with one right answer or with weights`() throws {
        let single = try only("::Tomb:: Who lies here? {~Ada#No. =Grant#Yes. ~%50%Both}")
        #expect(single.title == "Tomb")
        #expect(single.prompt == "Who lies here?")
        #expect(
            single.interaction
                == .choice(
                    ChoiceInteraction(choices: [
                        Choice(id: "1", text: "Ada", feedback: "No."),
                        Choice(id: "2", text: "Grant", fraction: 1, feedback: "Yes."),
                        Choice(id: "3", text: "Both", fraction: Decimal128(5, exponent: -1)),
                    ])))
        let several = try only("Which two? {\n~%-50%a\n~%50%b\n~%50%c\n}")
        guard case .choice(let choice) = several.interaction else { throw ChoiceExpected() }
        #expect(choice.multiple)
        #expect(choice.choices.map(\.fraction.description) == ["-0.5", "0.5", "0.5"])
    }

    private struct ChoiceExpected: Error {}

    @Test(arguments: [("{T}", true), ("{FALSE#Right?#Wrong.}", false), ("{true}", true), ("{F}", false)])
    func `true and false`(answers: String, expected: Bool) throws {
        guard case .trueFalse(let truth) = try only("The sun rises in the east. \(answers)").interaction else {
            throw ChoiceExpected()
        }
        #expect(truth.answer == expected)
        if answers.contains("#") { #expect(truth.feedbackTrue == "Right?" && truth.feedbackFalse == "Wrong.") }
    }

    @Test func `short answers, and a gap in the text`() throws {
        let question = try only("Two plus two equals {=four =%50%4#In words! =fo*r =\\*}.")
        #expect(question.prompt == "Two plus two equals _____ .")
        #expect(
            question.interaction
                == .shortText(
                    ShortTextInteraction(answers: [
                        TextAnswer(text: "four"),
                        TextAnswer(text: "4", fraction: Decimal128(5, exponent: -1), feedback: "In words!"),
                        TextAnswer(text: "fo*r", match: .wildcard), TextAnswer(text: "\\*", match: .wildcard),
                    ])))
    }

    @Test func `matching, with an option too many`() throws {
        let question = try only("Match. {\n=Canada -> Ottawa\n=Italy->Rome\n= -> Paris\n####All in all.}")
        #expect(question.feedback.general == "All in all.")
        #expect(
            question.interaction
                == .matching(
                    MatchingInteraction(
                        prompts: [
                            MatchingPrompt(id: "1", text: "Canada", match: "1"),
                            MatchingPrompt(id: "2", text: "Italy", match: "2"),
                        ],
                        options: [
                            LabelledItem(id: "1", text: "Ottawa"), LabelledItem(id: "2", text: "Rome"),
                            LabelledItem(id: "3", text: "Paris"),
                        ])))
    }

    @Test func `numbers with a tolerance, a range, and several answers`() throws {
        func answers(_ text: String) throws -> [NumericAnswer] {
            guard case .numeric(let numeric) = try only("How many? {\(text)}").interaction else {
                throw ChoiceExpected()
            }
            return numeric.answers
        }
        #expect(try answers("#1822:5") == [NumericAnswer(value: 1822, tolerance: .absolute(5))])
        #expect(
            try answers("#3.141..3.142") == [
                NumericAnswer(from: Decimal128(3141, exponent: -3), to: Decimal128(3142, exponent: -3))
            ])
        #expect(
            try answers("#\n=1822:0#Yes\n=%50%1822:2") == [
                NumericAnswer(value: 1822, feedback: "Yes"),
                NumericAnswer(value: 1822, tolerance: .absolute(2), fraction: Decimal128(5, exponent: -1)),
            ])
    }

    @Test func `an essay, escapes, comments and categories`() throws {
        let report = try read(
            "\u{FEFF}// A comment\n$CATEGORY: $course$/top\n\nWhich is 5? \\{a\\}\\n\\: {~ \\= 2 + 2 = \\= 2 + 3}\n\nTell us. {}\n"
        )
        #expect(report.notes.map(\.description) == ["Line 2: The category is not taken over."])
        #expect(report.questions.map(\.prompt) == ["Which is 5? {a}\n:", "Tell us."])
        #expect(report.questions.map(\.id) == ["q1", "q2"])
        #expect(report.questions[1].interaction == .essay(EssayInteraction()))
        guard case .choice(let choice) = report.questions[0].interaction else { throw ChoiceExpected() }
        #expect(choice.choices.map(\.text) == ["= 2 + 2", "= 2 + 3"])
    }

    @Test(arguments: [
        ("Only a description.", "Line 1: The text has no answers in braces; descriptions are not taken over."),
        ("\n\nBroken {=a", "Line 3: The '{' has no '}', so the question is left out."),
        (
            "x {#abc}",
            "Line 1: 'abc' is not a number; write one such as 12, -0.5 or 6.02e23, so the question is left out."
        ),
        ("x {~%500%a =b}", "Line 1: The weight %500% is no number from -100 to 100, so the question is left out."),
        ("x {what}", "Line 1: The answers begin with neither '=' nor '~', so the question is left out."),
    ])
    func `what cannot be taken over is listed by its line`(text: String, note: String) throws {
        let report = try read(text)
        #expect(report.questions.isEmpty)
        #expect(report.notes.map(\.description) == [note])
    }

    @Test func `questions survive the way out and back`() throws {
        let half = Decimal128(5, exponent: -1)
        let interactions: [Interaction] = [
            .choice(
                ChoiceInteraction(choices: [
                    Choice(id: "1", text: "a ~ = # { } : \\", fraction: 1, feedback: "x: y"),
                    Choice(id: "2", text: "b", fraction: -half),
                ])),
            .choice(
                ChoiceInteraction(
                    choices: [
                        Choice(id: "1", text: "a", fraction: half), Choice(id: "2", text: "b", fraction: half),
                        Choice(id: "3", text: "c"),
                    ], multiple: true)),
            .trueFalse(TrueFalseInteraction(answer: false, feedbackTrue: "No.", feedbackFalse: "Yes.")),
            .trueFalse(TrueFalseInteraction(answer: true, feedbackTrue: "Yes.")),
            .numeric(
                NumericInteraction(answers: [
                    NumericAnswer(value: 5, tolerance: .absolute(half)),
                    NumericAnswer(from: -1, to: 1, fraction: half, feedback: "Near."),
                ])),
            .shortText(
                ShortTextInteraction(answers: [
                    TextAnswer(text: "a line\nand another"), TextAnswer(text: "a*", match: .wildcard, fraction: half),
                ])),
            .matching(
                MatchingInteraction(
                    prompts: [MatchingPrompt(id: "1", text: "p", match: "1")],
                    options: [LabelledItem(id: "1", text: "o"), LabelledItem(id: "2", text: "x")])),
            .essay(EssayInteraction()),
        ]
        let questions = interactions.enumerated().map {
            Question(
                id: "q\($0 + 1)", title: "Title: \($0)", prompt: "What {is} = \($0)?",
                feedback: QuestionFeedback(general: "So #1."), interaction: $1)
        }
        let export = GIFTExport.write(questions)
        #expect(export.notes.isEmpty)
        let report = try read(export.text)
        #expect(report.notes.isEmpty)
        #expect(report.questions == questions)
    }

    @Test func `what GIFT cannot hold is named`() {
        let cloze = Question(id: "c", interaction: .cloze(ClozeInteraction(gaps: [])))
        let dear = Question(id: "d", points: 3, interaction: .trueFalse(TrueFalseInteraction(answer: true)))
        #expect(
            GIFTExport.write([cloze, dear]).notes.map(\.description) == [
                "Question c: GIFT cannot hold this cloze question, so it is left out.",
                "Question d: GIFT cannot hold the points; they become 1.",
            ])
    }

    @Test func `a file that is no text is refused`() {
        #expect(throws: InvalidImport("The file is not in UTF-8; save it so.")) { try GIFTImport.read([0xFF, 0xFE]) }
    }
}
