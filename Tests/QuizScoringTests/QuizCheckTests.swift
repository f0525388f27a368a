import Testing

@testable import QuizScoring

@Suite("Checking a quiz") struct QuizCheckTests {
    private func problems(_ json: String) -> [String] { QuizCheck(json: Array(json.utf8)).problems.map(\.description) }

    private static let good = #"{"id":"a","interaction":{"type":"trueFalse","answer":true}}"#

    private static func quiz(_ questions: String...) -> String {
        #"{"id":"q","version":1,"sections":[{"id":"s","questions":[\#(questions.joined(separator: ","))]}]}"#
    }

    @Test func `nothing is wrong in a quiz that is right`() {
        #expect(problems(Self.quiz(Self.good)).isEmpty)
    }

    @Test func `each question tells its own mistake`() {
        let unknown = #"{"id":"b","interaction":{"type":"trueFalse","answr":true}}"#
        let negative = #"{"id":"c","points":-1,"interaction":{"type":"trueFalse","answer":true}}"#
        let other = #"{"id":"d","interaction":{"type":"riddle"}}"#
        let found = problems(Self.quiz(unknown, Self.good, negative, other, Self.good))
        #expect(found.count == 4, "\(found)")
        #expect(found[0].hasPrefix("sections[0].questions[0].interaction.answr is unknown; it may be"))
        #expect(found[1] == "sections[0].questions[2].points is -1; write 0 to 1000000.")
        #expect(found[2].hasPrefix("sections[0].questions[3].interaction.type is 'riddle'; write one of choice"))
        #expect(found[3] == "sections[0].questions[4].id is 'a' a second time.")
    }

    @Test func `mistakes around the questions do not hide each other`() {
        let found = problems(
            #"{"id":"q","version":1,"rules":{"passMark":2},"sections":[{"id":"s","select":2,"questions":[\#(Self.good)]},{"id":"s","questions":[]}]}"#
        )
        #expect(
            found == [
                "rules.passMark is 2; write a fraction from 0 to 1.", "sections[1].id is 's' a second time.",
                "sections[0].select is 2, of 1 questions.",
            ])
    }

    @Test(arguments: ["", "[]", "{", #"{"id":"q"}"#, #"{"id":"q","version":1,"sections":[7]}"#])
    func `what is no quiz is said once`(json: String) {
        #expect(problems(json).count == 1)
    }
}
