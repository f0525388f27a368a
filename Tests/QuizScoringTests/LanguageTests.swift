import Decimals
import Testing

@testable import QuizScoring

@Suite("Explanations in languages") struct LanguageTests {
    @Test(arguments: AppliedRule.allCases)
    func `every rule has a sentence in every language`(rule: AppliedRule) {
        let step = ExplanationStep(rule, 2, of: 3, wrong: 1, value: Decimal128(5, exponent: -1), subject: "days")
        let texts = Language.allCases.map { step.text($0) }
        #expect(Set(texts).count == 3, "\(texts)")
        #expect(texts.allSatisfy { $0.hasSuffix(".") && $0.count > 5 }, "\(texts)")
    }

    @Test func `a grade is explained in German and French`() throws {
        let interaction = MatchingInteraction(
            prompts: ["a", "b"].map { MatchingPrompt(id: $0, match: $0) },
            options: ["a", "b"].map { LabelledItem(id: $0) })
        let question = Question(
            id: "q1", points: 1, feedback: QuestionFeedback(general: "Siehe Kapitel 2."),
            interaction: .matching(interaction))
        let key = try AnswerKey(Quiz(id: "q", sections: [Section(id: "s", questions: [question])]))
        let grade = try key.grade(Submission(quiz: "q", responses: ["q1": Response(["a": "a", "b": "a"])]))
        #expect(
            grade.text(.de) == """
                q1: 0,5 von 1 Punkten. 1 von 2 Paaren sind richtig. Siehe Kapitel 2.
                Gesamt: 0,5 von 1 Punkten.
                """)
        #expect(
            grade.text(.fr) == """
                q1: 0,5 sur 1 points. Paires justes : 1 sur 2. Siehe Kapitel 2.
                Total : 0,5 sur 1 points.
                """)
        #expect(grade.text == grade.text(.en))
    }

    @Test func `a locale leads to its language, or to English`() {
        #expect(Language(locale: "de-AT") == .de && Language(locale: "FR_ca") == .fr)
        #expect(Language(locale: "tlh") == .en && Language(locale: nil) == .en && Language(locale: "") == .en)
    }
}
