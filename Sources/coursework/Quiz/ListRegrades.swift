import QuizRecord
import Reports

/// `quiz regrades`: how far regrades are, newest first.
struct ListRegrades: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let quiz: String?
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments)
        quiz = arguments.word()
    }

    func run() async throws {
        let regrades = try await setup.withQuizRecord { record in
            try await RegradeStates(setup: setup, record: record).settle(
                try await record.regrades(of: quiz, limit: limit))
        }
        let reports = regrades.map { RegradeReport($0) }
        if json { return Terminal.print(JSONText.of(reports)) }
        Terminal.print(reports.isEmpty ? "There is no regrade." : RegradeReport.table(reports))
    }
}
