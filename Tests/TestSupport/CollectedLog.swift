public import Logging
internal import Synchronization

/// Keeps log lines for a test to look at.
public final class CollectedLog: LogSink {
    public struct Line: Sendable {
        public let level: LogLevel
        public let message: String
        public let fields: [LogField]
    }

    private let collected = Mutex<[Line]>([])

    public init() {}

    public var lines: [Line] { collected.withLock { $0 } }

    public func logger(_ level: LogLevel = .debug) -> Logger { Logger(level: level, sink: self) }

    public func write(level: LogLevel, message: String, fields: [LogField]) {
        collected.withLock { $0.append(Line(level: level, message: message, fields: fields)) }
    }
}
