import Audit
import QuizRecord
import QuizScoring
import Reports

/// `quiz import`: a file becomes the newest version of a quiz.
struct ImportQuiz: SetupVerb {
    static let actions = ["quiz.import"]

    private struct Report: Encodable {
        let quiz: String
        /// Nothing where none was stored.
        var version: Int?
        /// Whether that version was there already.
        var unchanged: Bool?
        let questions: Int
        let notTakenOver: [String]
    }

    private enum Goal {
        case database(course: String?)
        case file(String)
        case nowhere
    }

    private let setup: Setup
    private let file: String
    private let format: QuizFormat?
    private let name: String?
    private let title: String?
    private let goal: Goal
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        format = try QuizFormat.read(&arguments)
        name = try arguments.option("--quiz")
        title = try arguments.option("--title")
        let (course, out) = (try arguments.option("--course"), try arguments.option("--out"))
        let isDryRun = arguments.flag("--dry-run")
        guard [course != nil, out != nil, isDryRun].count(where: { $0 }) <= 1 else {
            throw CommandFailure(.usage, "Give --course for the database, --out for a file, or --dry-run: one of them.")
        }
        goal = isDryRun ? .nowhere : out.map(Goal.file) ?? .database(course: course)
        file = try arguments.word(orSay: "Name the file to import, or - for standard input.")
        guard file != "-" || name != nil else {
            throw CommandFailure(.usage, "Name the quiz with --quiz: standard input has no name.")
        }
    }

    var action: String? {
        guard case .database = goal else { return nil }
        return Self.actions[0]
    }

    var target: AuditTarget { AuditTarget(name.map { "quiz \($0)" }) }

    func run() async throws {
        let source = try QuizSource(file: file, format: format, named: name)
        var quiz = source.quiz
        if let title { quiz.title = title }
        let problems = QuizCheck(quiz).problems
        guard problems.isEmpty else {
            throw CommandFailure(.failed, "The quiz has a mistake: \(problems[0])")
        }
        let count = quiz.sections.reduce(0) { $0 + $1.questions.count }
        var report = Report(quiz: quiz.id, questions: count, notTakenOver: source.losses)
        try await store(quiz, &report)
        show(report)
        guard source.losses.isEmpty else {
            let count = source.losses.count
            throw CommandFailure(.failed, "\(count) thing\(count == 1 ? " was" : "s were") not taken over.")
        }
    }

    private func store(_ quiz: Quiz, _ report: inout Report) async throws {
        switch goal {
        case .nowhere: break
        case .file(let path): try OutputFile.write(try quiz.json(), to: path)
        case .database(let course):
            switch try await setup.withQuizRecord({ try await $0.store(quiz, course: course) }) {
            case .version(let version):
                report.version = version
                setup.note.count("stored", 1)
            case .unchanged(let version): (report.version, report.unchanged) = (version, true)
            }
        }
    }

    /// Beside a document on standard output there is nothing else.
    private func show(_ report: Report) {
        if case .file("-") = goal {
            for loss in report.notTakenOver { Terminal.complain(Terminal.line("\(file): \(loss)")) }
            return
        }
        if json { return Terminal.print(JSONText.of(report)) }
        for loss in report.notTakenOver { Terminal.print(Terminal.line("\(file): \(loss)")) }
        let version =
            report.version.map { report.unchanged == true ? " is version \($0) already" : " is version \($0)" } ?? ""
        Terminal.print(
            Terminal.line("\(report.quiz)\(version): \(report.questions) question\(report.questions == 1 ? "" : "s")."))
    }
}
