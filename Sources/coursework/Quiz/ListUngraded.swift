import Jobs
import QuizRecord
import Reports

/// `quiz ungraded`: attempts that were handed in and that nobody grades.
struct ListUngraded: SetupVerb {
    static let actions = ["quiz.enqueue"]

    private struct Report: Encodable {
        let attempt: Int
        let quiz: String
        let learner: String
        let submitted: Timestamp

        init(_ attempt: UngradedAttempt) {
            (self.attempt, quiz, learner) = (attempt.id, attempt.quiz, attempt.learner)
            submitted = Timestamp(attempt.submitted)
        }

        var cells: [String] {
            [
                "\(attempt)", Terminal.line(quiz, atMost: 40), Terminal.line(learner, atMost: 60), "\(submitted)",
            ]
        }
    }

    private let setup: Setup
    private let age: Duration
    private let limit: Int
    private let queue: QueueName?
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments)
        age =
            try arguments.option("--older-than").map { text in
                do { return try DurationText.parse(text) } catch { throw CommandFailure(.usage, "'\(text)' \(error)") }
            } ?? DatabaseExamination.longestUngraded
        queue = arguments.flag("--enqueue") ? try setup.queue(of: "quiz.grade") : nil
    }

    var action: String? { queue == nil ? nil : Self.actions[0] }

    func run() async throws {
        guard let queue else { return try await list() }
        let count = try await setup.withQuizRecord {
            try await $0.enqueueUngraded(olderThan: age, queue: queue.name)
        }
        setup.note.count("enqueued", count)
        Terminal.print(json ? JSONText.of(["enqueued": count]) : "\(count) jobs are in the outbox.")
    }

    private func list() async throws {
        let attempts = try await setup.withQuizRecord { try await $0.ungraded(olderThan: age, limit: limit) }
        let reports = attempts.map { Report($0) }
        if json { return Terminal.print(JSONText.of(reports)) }
        Terminal.print(
            reports.isEmpty
                ? "There is none."
                : TextTable.layOut(
                    [["attempt", "quiz", "learner", "handed in"]] + reports.map(\.cells), leftColumns: 4))
    }
}
