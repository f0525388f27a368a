import QuizRecord
import QuizScoring

/// Words and options that several verbs read.
enum QuizArgument {
    static func quiz(_ arguments: inout Arguments) throws -> String {
        try arguments.word(orSay: "Name the quiz by its id.")
    }

    static func version(_ arguments: inout Arguments) throws -> Int? {
        guard let text = try arguments.option("--version") else { return nil }
        guard let version = Int(text), version >= 0 else {
            throw CommandFailure(.usage, "--version must be the number of a version.")
        }
        return version
    }

    static func language(_ arguments: inout Arguments) throws -> Language {
        guard let text = try arguments.option("--locale") else { return .en }
        let language = Language(locale: text)
        guard language != .en || text.lowercased().hasPrefix("en") else {
            throw CommandFailure(.usage, "--locale must be one of en, de and fr.")
        }
        return language
    }

    static func number(_ arguments: inout Arguments, _ what: String) throws -> Int {
        let word = try arguments.word(orSay: "Name the \(what) by its number.")
        guard let number = Int(word), number > 0 else {
            throw CommandFailure(.usage, "'\(Terminal.line(word, atMost: 40))' is no number of \(what)s.")
        }
        return number
    }

    static func find(_ quiz: String, _ version: Int?, in record: QuizRecord) async throws -> Quiz {
        guard let found = try await record.quiz(quiz, version: version) else {
            let name = "'\(Terminal.line(quiz, atMost: 100))'"
            throw CommandFailure(
                .failed, version.map { "There is no version \($0) of a quiz \(name)." } ?? "There is no quiz \(name).")
        }
        return found
    }
}
