/// The form of a log line.
public enum LogFormat: String, Sendable, CaseIterable {
    /// Text on a terminal, JSON otherwise.
    case auto
    /// One JSON object a line.
    case json
    /// One readable line.
    case text
}
