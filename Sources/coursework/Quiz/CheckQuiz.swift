import QuizExchange
import QuizScoring
import Reports

/// `quiz check`: every mistake of files, with its place.
struct CheckQuiz: SetupVerb {
    static let actions: [String] = []

    private struct Report: Encodable {
        let file: String
        let problems: [String]
    }

    private let files: [String]
    private let format: QuizFormat?
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        format = try QuizFormat.read(&arguments)
        var files = [try arguments.word(orSay: "Name the files to check, or - for standard input.")]
        while let file = arguments.word() { files.append(file) }
        self.files = files
    }

    func run() async throws {
        let reports = try files.map { Report(file: $0, problems: try problems(of: $0)) }
        if json {
            Terminal.print(JSONText.of(reports))
        } else {
            for report in reports { Self.show(report) }
        }
        let count = reports.reduce(0) { $0 + $1.problems.count }
        guard count == 0 else { throw CommandFailure(.failed, "\(count) problem\(count == 1 ? "" : "s") found.") }
    }

    private static func show(_ report: Report) {
        for problem in report.problems { Terminal.print(Terminal.line("\(report.file): \(problem)")) }
        if report.problems.isEmpty { Terminal.print(Terminal.line("\(report.file) is in order.")) }
    }

    private func problems(of file: String) throws -> [String] {
        let bytes = try InputFile.read(file)
        switch format ?? .guess(bytes, named: file) {
        case .json: return QuizCheck(json: bytes).problems.map(\.description)
        case .exchange(let format):
            do throws(InvalidImport) {
                return try format.read(bytes).notes.map(\.description)
            } catch {
                return [error.description]
            }
        }
    }
}
