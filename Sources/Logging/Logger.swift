/// Writes lines of at least `level` to a sink, each with the fields this logger carries.
///
/// Message and fields are not evaluated when the level is not logged. What is logged also says which job or request it is
/// about (``LogContext``), and tells nothing of persons: ``Personal`` shows a placeholder, and addresses in other texts are
/// taken out.
public struct Logger: Sendable {
    public let level: LogLevel
    private let sink: any LogSink
    /// Asked for a line that is logged, and not before.
    private let fields: @Sendable () -> [LogField]

    public init(level: LogLevel, sink: any LogSink, fields: [LogField] = []) {
        self.init(level, sink, fields: { fields })
    }

    private init(_ level: LogLevel, _ sink: any LogSink, fields: @escaping @Sendable () -> [LogField]) {
        self.level = level
        self.sink = sink
        self.fields = fields
    }

    /// A logger that writes nothing.
    public static let silent = Logger(level: .critical, sink: SilentLog())

    /// The same logger with more fields on every line.
    public func with(_ more: @autoclosure @escaping @Sendable () -> [LogField]) -> Logger {
        Logger(level, sink, fields: { [fields] in fields() + more() })
    }

    public func logs(_ level: LogLevel) -> Bool { level >= self.level }

    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []
    ) {
        guard logs(level) else { return }
        let subject = LogContext.subject
        var line = (message: message(), fields: fields())
        if line.fields.isEmpty { line.fields = more() } else { line.fields += more() }
        if let subject {
            line = subject.concealed(line.message, line.fields)
            Self.add(subject.logFields, to: &line.fields)
        }
        Self.redact(&line.fields)
        sink.write(level: level, message: Redaction.apply(to: line.message), fields: line.fields)
    }

    /// A line that has a field of the same name keeps its own.
    private static func add(_ more: [LogField], to fields: inout [LogField]) {
        let own = fields.count
        for field in more where !fields[..<own].contains(where: { $0.name == field.name }) { fields.append(field) }
    }

    private static func redact(_ fields: inout [LogField]) {
        for index in fields.indices {
            guard case .string(let text) = fields[index].value, Redaction.isSuspect(text) else { continue }
            fields[index].value = .string(Redaction.apply(to: text))
        }
    }

    public func debug(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.debug, message(), more())
    }

    public func info(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.info, message(), more())
    }

    public func notice(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.notice, message(), more())
    }

    public func warning(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.warning, message(), more())
    }

    public func error(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.error, message(), more())
    }

    public func critical(_ message: @autoclosure () -> String, _ more: @autoclosure () -> [LogField] = []) {
        log(.critical, message(), more())
    }
}
