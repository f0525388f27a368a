internal import JobQueue
internal import Logging
internal import Platform
internal import Synchronization

/// What a tracked job says, on its way to Redis, beside the worker's own log.
///
/// Lines leave together, ten times a second at most. A job that says more than fits in between loses the oldest of it, which
/// those who read the newest lines would not have seen.
final class JobLog: LogSink {
    private static let mostWaiting = 100
    private static let pause = Duration.milliseconds(100)
    /// Of one line's fields, together; Redis cuts the message.
    private static let mostFieldBytes = 400

    private struct State {
        var waiting: [JobLogLine] = []
        var dropped = 0
        var sender: Task<Void, Never>?
        var isClosed = false
    }

    private let worker: Logger
    private let loop: EventLoop
    private let send: @Sendable ([JobLogLine]) async -> Void
    private let state = Mutex(State())

    /// - Parameter worker: the worker's logger, with the fields of the job.
    init(beside worker: Logger, loop: EventLoop, send: @escaping @Sendable ([JobLogLine]) async -> Void) {
        (self.worker, self.loop, self.send) = (worker, loop, send)
    }

    /// Whoever follows a job is told what matters to him, however little the worker writes down.
    var logger: Logger { Logger(level: min(.info, worker.level), sink: self) }

    func write(level: LogLevel, message: String, fields: [LogField]) {
        worker.log(level, message, fields)
        guard level >= .info else { return }
        // Whose log it is says the job's already.
        let known = LogContext.subject?.logFields.map(\.name) ?? []
        let own = fields.filter { !known.contains($0.name) }
        let line = JobLogLine(level: level.name, message: message, fields: Self.texts(own))
        state.withLock { state in
            guard !state.isClosed else { return }
            if state.waiting.count == Self.mostWaiting {
                state.waiting.removeFirst()
                state.dropped += 1
            }
            state.waiting.append(line)
            if state.sender == nil { state.sender = Task { await sendAll() } }
        }
    }

    /// Returns when all that was said is sent; what is said later is not.
    func close() async {
        let sender = state.withLock { state in
            state.isClosed = true
            return state.sender
        }
        // Ends its pauses, not its calls.
        sender?.cancel()
        await sender?.value
    }

    private func sendAll() async {
        while let lines = next() {
            await send(lines)
            await loop.sleep(for: Self.pause)
        }
    }

    /// Nil when nothing waits; then the next line begins anew.
    private func next() -> [JobLogLine]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.sender = nil
                return nil
            }
            var lines = state.waiting
            if state.dropped > 0 {
                let gap = JobLogLine(level: LogLevel.warning.name, message: "\(state.dropped) lines are left out here.")
                lines.insert(gap, at: 0)
            }
            (state.waiting, state.dropped) = ([], 0)
            return lines
        }
    }

    static func texts(_ fields: [LogField]) -> [String: String] {
        var (texts, bytes) = ([String: String](), 0)
        for field in fields {
            let text = text(of: field.value)
            bytes += field.name.utf8.count + text.utf8.count
            guard bytes <= mostFieldBytes else { break }
            texts[field.name] = text
        }
        return texts
    }

    private static func text(of value: LogValue) -> String {
        switch value {
        case .string(let text), .verbatim(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        }
    }
}
