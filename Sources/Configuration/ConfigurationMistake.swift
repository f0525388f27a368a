/// One thing that is wrong, and what to do about it. Holds no password: values that may be secret are not quoted.
public struct ConfigurationMistake: Sendable, Equatable, CustomStringConvertible {
    /// `nil` when the mistake is in the environment; the message then begins with the variable's name.
    public let file: String?
    /// Counted from 1; `nil` when the file as a whole is wrong.
    public let line: Int?
    /// A plain sentence with the remedy.
    public let message: String

    /// `FILE:LINE: MESSAGE`, without what is not known.
    public var description: String {
        guard let file else { return message }
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line): \(message)"
    }

    /// By line, then by message, so that the same file always gives the same text; the environment comes last.
    static func isBefore(_ left: Self, _ right: Self) -> Bool {
        (left.line ?? .max, left.message) < (right.line ?? .max, right.message)
    }
}
