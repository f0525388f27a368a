import QuizExchange

/// `--format`: what a file holds.
enum QuizFormat: Equatable {
    /// A quiz document.
    case json
    case exchange(ExchangeFormat)

    private static let names = (ExchangeFormat.allCases.map(\.rawValue) + ["json"]).joined(separator: ", ")

    static func read(_ arguments: inout Arguments) throws -> QuizFormat? {
        guard let name = try arguments.option("--format") else { return nil }
        if name == "json" { return .json }
        guard let format = ExchangeFormat(rawValue: name) else {
            throw CommandFailure(.usage, "--format must be one of \(names).")
        }
        return .exchange(format)
    }

    /// What a file seems to be.
    static func guess(_ bytes: [UInt8], named name: String) -> QuizFormat {
        let first = bytes.first { $0 > 0x20 }
        return name.hasSuffix(".json") || first == UInt8(ascii: "{") ? .json : .exchange(.guess(bytes))
    }
}
