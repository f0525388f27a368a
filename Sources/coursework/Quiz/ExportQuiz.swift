import QuizExchange
import QuizRecord
import QuizScoring

/// `quiz export`: a version of a quiz for another platform.
struct ExportQuiz: SetupVerb {
    static let actions: [String] = []

    private enum Source {
        case database(quiz: String, version: Int?)
        case file(String)
    }

    private let setup: Setup
    private let source: Source
    private let format: QuizFormat
    private let out: String

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        guard let format = try QuizFormat.read(&arguments) else {
            throw CommandFailure(.usage, "Say with --format what to write: gift, moodle, qti or json.")
        }
        self.format = format
        let version = try QuizArgument.version(&arguments)
        out = try arguments.option("--out") ?? "-"
        source =
            if let file = try arguments.option("--file") {
                .file(file)
            } else {
                .database(quiz: try QuizArgument.quiz(&arguments), version: version)
            }
        guard out != "-" || format != .exchange(.qti) || !Terminal.isInteractive else {
            throw CommandFailure(.usage, "A package of QTI is a zip file: say with --out where to write it.")
        }
    }

    func run() async throws {
        let quiz = try await quiz()
        guard case .exchange(let format) = format else { return try OutputFile.write(try quiz.json(), to: out) }
        let file = try format.write(quiz.sections.flatMap(\.questions))
        try OutputFile.write(file.bytes, to: out)
        let losses = file.notes.map(\.description) + Self.losses(of: quiz, format)
        for loss in losses { Terminal.complain(Terminal.line(loss)) }
        guard losses.isEmpty else {
            throw CommandFailure(
                .failed, "\(losses.count) thing\(losses.count == 1 ? " is" : "s are") not as in the quiz.")
        }
    }

    private func quiz() async throws -> Quiz {
        switch source {
        case .file(let file): try QuizSource.document(try InputFile.read(file), file)
        case .database(let quiz, let version):
            try await setup.withQuizRecord { try await QuizArgument.find(quiz, version, in: $0) }
        }
    }

    /// What no format of questions holds.
    private static func losses(of quiz: Quiz, _ format: ExchangeFormat) -> [String] {
        var losses: [String] = []
        if quiz.rules != Rules() { losses.append("The rules of the quiz (\(format.rawValue) holds questions alone).") }
        if quiz.sections.contains(where: { $0.select != nil }) {
            losses.append("The random selection: all questions of a section are written.")
        }
        return losses
    }
}
