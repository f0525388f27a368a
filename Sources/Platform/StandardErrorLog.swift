internal import Glibc
public import Logging

/// Writes each line to standard error with one system call, so that the lines of processes that share it never mix and
/// none is lost in a crash.
public struct StandardErrorLog: LogSink {
    public enum Format: Sendable {
        /// One object a line: time (RFC 3339, UTC), level, message, and the line's fields.
        case json
        /// For people.
        case text
    }

    private let format: Format

    public init(_ format: Format) { self.format = format }

    /// Text when a person looks, JSON otherwise.
    public static var automatic: StandardErrorLog { StandardErrorLog(isatty(2) == 1 ? .text : .json) }

    public func write(level: LogLevel, message: String, fields: [LogField]) {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        switch format {
        case .json: JSONLogLine.append(WallClock.rfc3339(), level, message, fields, to: &line)
        case .text: TextLogLine.append(WallClock.rfc3339(), level, message, fields, to: &line)
        }
        line.withUnsafeBytes { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
