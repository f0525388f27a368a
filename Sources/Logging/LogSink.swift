/// Where log lines go. Implementations must not block for long: they are called from job tasks.
public protocol LogSink: Sendable {
    func write(level: LogLevel, message: String, fields: [LogField])
}

/// A name and its value, for example `job_id` and `emails:1731999999999-0`.
public typealias LogField = (name: String, value: LogValue)

/// A sink that drops everything: for tests and for callers that do not care.
public struct SilentLog: LogSink {
    public init() {}
    public func write(level: LogLevel, message: String, fields: [LogField]) {}
}
