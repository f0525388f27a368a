/// What is being worked on: a job, a request. Every line that is logged meanwhile says which.
public protocol LogSubject: AnyObject, Sendable {
    /// Asked for a line that is logged, and not before.
    var logFields: [LogField] { get }
    /// What is logged meanwhile, as others may read it.
    func concealed(_ message: String, _ fields: [LogField]) -> (message: String, fields: [LogField])
}

extension LogSubject {
    public func concealed(_ message: String, _ fields: [LogField]) -> (message: String, fields: [LogField]) {
        (message, fields)
    }
}

public enum LogContext {
    /// What this task, and those it starts, work on. A line that has a field of the same name keeps its own.
    @TaskLocal public static var subject: (any LogSubject)?
}
