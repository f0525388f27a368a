/// Every mistake found in a configuration. The command prints it and exits with 78.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// At least one, in the order of their lines.
    public let mistakes: [ConfigurationMistake]

    /// The file, line and message of the first mistake.
    public var file: String? { mistakes[0].file }
    public var line: Int? { mistakes[0].line }
    public var message: String { mistakes[0].message }

    /// One line a mistake.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }

    init(_ mistakes: [ConfigurationMistake]) {
        precondition(!mistakes.isEmpty, "an error without a mistake")
        self.mistakes = mistakes.sorted(by: ConfigurationMistake.isBefore)
    }

    init(file: String?, line: Int? = nil, _ message: String) {
        self.init([ConfigurationMistake(file: file, line: line, message: message)])
    }
}
