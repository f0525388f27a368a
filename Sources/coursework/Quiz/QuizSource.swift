import QuizExchange
import QuizScoring

/// A quiz from a file, and what of the file is not in it.
struct QuizSource {
    private(set) var quiz: Quiz
    /// Sentences, each with its place.
    let losses: [String]

    /// - Parameter name: of the quiz, where the file does not say it.
    init(file: String, format: QuizFormat?, named name: String?) throws {
        let bytes = try InputFile.read(file)
        switch format ?? .guess(bytes, named: file) {
        case .json: (quiz, losses) = (try Self.document(bytes, file), [])
        case .exchange(let format):
            let report = try Self.report(bytes, format, file)
            losses = report.notes.map(\.description)
            quiz = Quiz(
                id: name ?? Self.name(of: file), sections: [Section(id: "all", questions: report.questions)])
        }
        if let name { quiz.id = name }
    }

    /// Refuses what could not be graded, with all its mistakes.
    static func document(_ bytes: [UInt8], _ file: String) throws -> Quiz {
        let problems = QuizCheck(json: bytes).problems
        guard problems.isEmpty else {
            let shown = problems.prefix(20).map { Terminal.line("\(file): \($0)") }
            throw CommandFailure(.failed, (["The quiz has mistakes:"] + shown).joined(separator: "\n"))
        }
        return try Quiz(json: bytes)
    }

    private static func report(_ bytes: [UInt8], _ format: ExchangeFormat, _ file: String) throws -> ImportReport {
        do {
            let report = try format.read(bytes)
            guard report.questions.isEmpty else { return report }
            let reasons = report.notes.prefix(20).map { Terminal.line("\(file): \($0)") }
            throw CommandFailure(
                .failed, (["No question of the file can be taken over."] + reasons).joined(separator: "\n"))
        } catch let error as InvalidImport {
            throw CommandFailure(.failed, Terminal.line("\(file): \(error)"))
        }
    }

    private static func name(of file: String) -> String {
        let last = file.split(separator: "/").last ?? "quiz"
        return String(last.prefix { $0 != "." })
    }
}
