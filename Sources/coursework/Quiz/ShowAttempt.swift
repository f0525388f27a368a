import FoundationEssentials
import Jobs
import QuizRecord
import QuizScoring
import Reports

/// `quiz attempt`: the grade of an attempt, why, and what it was before.
struct ShowAttempt: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let id: Int
    private let language: Language
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        language = try QuizArgument.language(&arguments)
        id = try QuizArgument.number(&arguments, "attempt")
    }

    func run() async throws {
        guard let attempt = try await setup.withQuizRecord({ try await $0.attempt(id) }) else {
            throw CommandFailure(.failed, "There is no attempt \(id).")
        }
        let report = AttemptReport(attempt, language)
        Terminal.print(json ? JSONText.of(report) : report.text)
    }
}
