import Audit
import QuizRecord
import QuizScoring
import QuizStatistics
import Reports

/// `quiz statistics`: what the attempts tell about a quiz.
struct ShowStatistics: SetupVerb {
    static let actions = ["quiz.recompute"]

    private let setup: Setup
    private let quiz: String
    private let version: Int?
    private let counted: QuizRecord.Counted
    private let responses: Int
    private let recomputes: Bool
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        recomputes = arguments.flag("--recompute")
        counted = arguments.flag("--all-attempts") ? .allAttempts : .firstAttempts
        version = try QuizArgument.version(&arguments)
        let text = try arguments.option("--responses") ?? "5"
        guard let responses = Int(text), responses >= 0 else {
            throw CommandFailure(.usage, "--responses must be how many to show of each question.")
        }
        self.responses = responses
        quiz = try QuizArgument.quiz(&arguments)
    }

    var action: String? { recomputes ? Self.actions[0] : nil }

    var target: AuditTarget { AuditTarget("quiz \(quiz)") }

    func run() async throws {
        let (statistics, version, wasRight) = try await setup.withQuizRecord { try await read($0) }
        let report = StatisticsReport(statistics, of: quiz, version, counted, responses: responses)
        Terminal.print(json ? JSONText.of(report) : report.text)
        if wasRight == false {
            Terminal.complain("The sums that were kept were not those of the grades; they are put right.")
        }
    }

    /// - Returns: also the version, and whether the sums that were kept were right, where they were computed anew.
    private func read(_ record: QuizRecord) async throws -> (QuizStatistics, Int, Bool?) {
        let quiz = try await QuizArgument.find(quiz, version, in: record)
        if recomputes {
            let anew = try await record.recompute(quiz, counted)
            return (QuizStatistics(anew.sums, of: quiz, efficiency: anew.efficiency), quiz.version, anew.wasRight)
        }
        let sums = try await record.sums(of: quiz.id, version: quiz.version, counted)
        return (QuizStatistics(sums, of: quiz), quiz.version, nil)
    }
}
