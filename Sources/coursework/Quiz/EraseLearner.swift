import QuizRecord
import Reports

/// `quiz erase`: takes a learner out of the tables.
struct EraseLearner: SetupVerb {
    static let actions = ["quiz.erase"]

    private let setup: Setup
    private let learner: String
    private let json: Bool
    private let confirmation: Confirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        learner = try arguments.word(orSay: "Name the learner as the attempts do.")
    }

    func confirm() throws {
        try confirmation.ask("All attempts and final grades of \(Terminal.line(learner)) would be deleted, for good.")
    }

    func run() async throws {
        let erasure = try await setup.withQuizRecord { try await $0.erase(learner) }
        setup.note.count("attempts", erasure.attempts)
        setup.note.count("final_grades", erasure.finalGrades)
        if json { return Terminal.print(JSONText.of(erasure)) }
        Terminal.print("Erased \(erasure.attempts) attempts and \(erasure.finalGrades) final grades.")
    }
}
