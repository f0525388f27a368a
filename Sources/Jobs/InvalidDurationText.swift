/// A text that is no duration; the description says what is wrong and the remedy.
public enum InvalidDurationText: Error, Equatable, CustomStringConvertible {
    /// Holds the text, which is digits only.
    case noUnit(number: String)
    case notADuration
    case tooLong

    /// Follows the name of what was read: `'drain' …`.
    public var description: String {
        switch self {
        case .noUnit(let number): "has no unit; write \"\(number)s\" for seconds (ms, s, m, h and d are known)."
        case .notADuration: "is no duration; write a whole number and a unit, such as \"250ms\", \"15s\" or \"5m\"."
        case .tooLong: "is longer than ten years; write a shorter duration."
        }
    }
}
