import QuizRecord
import Reports

/// `quiz changes`: the grades that a regrade changed, or would.
struct ListChanges: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let id: Int
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments, usually: 1000)
        id = try QuizArgument.number(&arguments, "regrade")
    }

    func run() async throws {
        let report = try await setup.withQuizRecord { record in
            let found = try await record.regrade(id).map { [$0] } ?? []
            guard let regrade = try await RegradeStates(setup: setup, record: record).settle(found).first else {
                throw CommandFailure(.failed, "There is no regrade \(id).")
            }
            return RegradeReport(regrade, changes: try await record.changes(of: id, limit: limit))
        }
        Terminal.print(json ? JSONText.of(report) : report.text)
    }
}
