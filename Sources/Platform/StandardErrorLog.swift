internal import Glibc
public import Logging

/// Writes each line to standard error as a whole, so that the lines of processes that share it never mix, and at once, so that
/// none is lost in a crash, unless told to gather them. A standard error that nobody reads holds nothing up.
public struct StandardErrorLog: LogSink {
    public enum Format: Sendable {
        /// One object a line: time (RFC 3339, UTC), level, message, and the line's fields.
        case json
        /// For people.
        case text
    }

    /// All loggers of the process share it, so that its lines stay in their order.
    private static let output = NonblockingOutput(2)

    private let format: Format

    public init(_ format: Format) { self.format = format }

    /// Text when a person looks, JSON otherwise.
    public static var automatic: StandardErrorLog { StandardErrorLog(isatty(2) == 1 ? .text : .json) }

    /// From now on lines that matter little wait for others, which costs a server a system call for many requests and
    /// not for each: until 4 KiB are there, a warning, or for a tenth of a second. What ends this process without a word
    /// takes those along.
    public static func gatherLines(on loop: EventLoop) {
        output.gather { loop.schedule(at: .now + gatherFor) { output.flush() } }
    }

    private static let gatherFor = Duration.milliseconds(100)

    /// Writes what waits.
    public static func flush() { output.flush() }

    public func write(level: LogLevel, message: String, fields: [LogField]) {
        Self.output.write(line(level, message, fields), mayWait: level <= .info) { dropped in
            line(.warning, "Log lines were dropped, since nobody read standard error", [("lines", .integer(dropped))])
        }
    }

    private func line(_ level: LogLevel, _ message: String, _ fields: [LogField]) -> [UInt8] {
        switch format {
        case .json: JSONLogLine.bytes(WallClock.rfc3339(), level, message, fields)
        case .text: TextLogLine.bytes(WallClock.rfc3339(), level, message, fields)
        }
    }
}
