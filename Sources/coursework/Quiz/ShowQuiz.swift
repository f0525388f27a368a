import Jobs
import QuizRecord
import QuizScoring
import Reports

/// `quiz show`: a quiz, its versions, and how far its attempts are.
struct ShowQuiz: SetupVerb {
    static let actions: [String] = []

    private struct Report: Encodable {
        struct Version: Encodable {
            let version: Int
            let created: Timestamp
            let questions: Int
            let attempts: Int
            let grades: Int
        }

        let quiz: String
        let title: String?
        let course: String?
        let currentVersion: Int
        let maxPoints: String
        let versions: [Version]
        let attempts: [String: Int]
        let passed: Int

        init(_ overview: QuizOverview) {
            let quiz = overview.current
            (self.quiz, title, course) = (quiz.id, quiz.title, overview.course)
            currentVersion = quiz.version
            maxPoints = "\(quiz.maxPoints)"
            versions = overview.versions.map {
                Version(
                    version: $0.number, created: Timestamp($0.created), questions: $0.questions, attempts: $0.attempts,
                    grades: $0.grades)
            }
            (attempts, passed) = (overview.states, overview.passed)
        }

        var text: String {
            let states = attempts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            let head = [
                "quiz      \(quiz)", title.map { "title     \($0)" }, course.map { "course    \($0)" },
                "version   \(currentVersion), for \(maxPoints) points",
                "attempts  \(states.isEmpty ? "none" : states.joined(separator: ", ")); \(passed) learners passed",
            ]
            let rows = versions.map {
                ["\($0.version)", "\($0.created)", "\($0.questions)", "\($0.attempts)", "\($0.grades)"]
            }
            let table = TextTable.layOut(
                [["version", "stored", "questions", "attempts begun", "grades by it"]] + rows, leftColumns: 2)
            return (head.compactMap(\.self).map { Terminal.line($0) } + ["", table]).joined(separator: "\n")
        }
    }

    private let setup: Setup
    private let quiz: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        quiz = try QuizArgument.quiz(&arguments)
    }

    func run() async throws {
        let overview = try await setup.withQuizRecord { try await $0.overview(of: quiz) }
        guard let overview else {
            throw CommandFailure(.failed, "There is no quiz '\(Terminal.line(quiz, atMost: 100))'.")
        }
        let report = Report(overview)
        Terminal.print(json ? JSONText.of(report) : report.text)
    }
}
