internal import CPostgres
internal import Platform

/// One connection. libpq never blocks here: every wait is ours, so that a silent server costs no more than the deadline
/// and a cancelled task nothing at all.
///
/// Unchecked, because of the pointer: whoever has taken the connection from the pool is alone with it.
final class PostgresConnection: @unchecked Sendable {
    let configuration: PostgresConfiguration
    private let handle: OpaquePointer
    private var statements: StatementCache
    /// False once anything was left unread or unanswered: nothing that comes later could be told apart from it.
    private(set) var isUsable = true

    /// Takes over a connection that is signed in: see ``open(_:name:_:)``.
    init(owning handle: OpaquePointer, _ configuration: PostgresConfiguration) {
        self.handle = handle
        self.configuration = configuration
        statements = StatementCache(capacity: configuration.preparedStatements)
    }

    deinit { PQfinish(handle) }

    var isIdle: Bool { isUsable && PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Hears what the server said meanwhile, such as that it ends. False when the connection is gone.
    func isAlive() -> Bool {
        while isUsable, PQstatus(handle) == CONNECTION_OK, SocketState.isReadable(PQsocket(handle)) {
            isUsable = PQconsumeInput(handle) == 1
        }
        return isUsable && PQstatus(handle) == CONNECTION_OK
    }

    // MARK: Statements

    /// Runs one statement with parameters, prepared at its first use.
    func query(_ sql: String, _ parameters: [PostgresValue], _ patience: Patience) throws -> PostgresResult {
        let parameters = try ParameterList(parameters)
        let known = statements.name(of: sql)
        do {
            return try execute(known ?? prepare(sql, patience), parameters, patience)
        } catch let error as PostgresError where known != nil && error.state?.isStaleStatement == true {
            statements.forget(sql)
            guard isIdle else { throw error }
            return try execute(try prepare(sql, patience), parameters, patience)
        }
    }

    /// Runs statements without parameters; the last one's answer counts.
    /// - Parameter changesNothing: whether they leave the data as it is, as BEGIN does.
    @discardableResult
    func script(_ sql: String, _ patience: Patience, changesNothing: Bool = false) throws -> PostgresResult {
        try Self.checkText(sql)
        return try exchange(patience, changesNothing: changesNothing) { PQsendQuery(handle, sql) }
    }

    private func execute(_ name: String, _ parameters: ParameterList, _ patience: Patience) throws -> PostgresResult {
        try exchange(patience) {
            parameters.withPointers { values, lengths, formats in
                PQsendQueryPrepared(handle, name, parameters.count, values, lengths, formats, 0)
            }
        }
    }

    private func prepare(_ sql: String, _ patience: Patience) throws -> String {
        try Self.checkText(sql)
        let name = statements.newName()
        try exchange(patience, changesNothing: true) { PQsendPrepare(handle, name, sql, 0, nil) }
        if let evicted = statements.add(sql, name: name) {
            try script("DEALLOCATE \(evicted)", patience, changesNothing: true)
        }
        return name
    }

    private static func checkText(_ sql: String) throws(PostgresError) {
        guard sql.utf8.contains(0) else { return }
        throw PostgresError(.invalidParameter, "A statement holds a zero byte.")
    }

    // MARK: Waiting

    /// Sends, and reads until the server is ready for more.
    @discardableResult
    private func exchange(
        _ patience: Patience, changesNothing: Bool = false, _ send: () -> Int32
    ) throws -> PostgresResult {
        let isAutocommitted = !changesNothing && PQtransactionStatus(handle) == PQTRANS_IDLE
        guard isUsable, PQstatus(handle) == CONNECTION_OK else { throw lost("it ended before") }
        guard send() == 1 else { throw sendFailure() }
        do {
            let deadline = min(patience.deadline, .now + configuration.answerTimeout)
            try flush(deadline, patience)
            return try readAnswer(deadline, patience)
        } catch let error as PostgresError {
            throw error.mayHaveCommitted(!isUsable && isAutocommitted)
        }
    }

    /// What libpq refuses to send, such as too many parameters, leaves the connection as it was.
    private func sendFailure() -> PostgresError {
        let message = PostgresMessage.line(PQerrorMessage(handle))
        guard PQstatus(handle) == CONNECTION_OK, PQtransactionStatus(handle) != PQTRANS_ACTIVE else {
            return lost(message)
        }
        return PostgresError(.invalidParameter, "The statement cannot be sent: \(message).")
    }

    private func flush(_ deadline: MonotonicTime, _ patience: Patience) throws {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                try wait(for: [.readable, .writable], deadline, patience)
                if PQconsumeInput(handle) == 0 { return }
            // The reason comes with the answer.
            default: return
            }
        }
    }

    private func readAnswer(_ deadline: MonotonicTime, _ patience: Patience) throws -> PostgresResult {
        var answer: PostgresResult?
        var failure: PostgresError?
        while let next = try nextResult(deadline, patience) {
            switch PQresultStatus(next) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: answer = PostgresResult(owning: next)
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                failure = failure ?? PostgresMessage.error(in: next)
                PQclear(next)
            default:
                PQclear(next)
                isUsable = false
                throw PostgresError(.unexpectedValue, "COPY is not supported.")
            }
        }
        if PQstatus(handle) != CONNECTION_OK { throw lost(failure?.message ?? "it ended", state: failure?.state) }
        if let failure { throw failure }
        guard let answer else { throw lost("it gave no answer") }
        return answer
    }

    private func nextResult(_ deadline: MonotonicTime, _ patience: Patience) throws -> OpaquePointer? {
        while PQisBusy(handle) == 1 {
            try wait(for: .readable, deadline, patience)
            // A failure is told by the next result.
            if PQconsumeInput(handle) == 0 { break }
        }
        return PQgetResult(handle)
    }

    private func wait(for events: Events, _ deadline: MonotonicTime, _ patience: Patience) throws {
        switch patience.interruption.wait(for: PQsocket(handle), events, until: deadline) {
        case .ready: return
        case .timedOut:
            isUsable = false
            throw PostgresError(.timeout, "PostgreSQL at \(configuration) did not answer in time.")
        case .interrupted:
            isUsable = false
            throw CancellationError()
        }
    }

    private func lost(_ reason: String, state: SQLState? = nil) -> PostgresError {
        isUsable = false
        return PostgresError(
            .connectionLost, "The connection to PostgreSQL at \(configuration) was lost: \(reason).", state: state)
    }

    // MARK: Notifications

    /// Waits until the server says something; true when a notification was among it.
    func waitForNotification(until deadline: MonotonicTime, _ interruption: Interruption) throws -> Bool {
        // Some may have come along with an answer.
        if takeNotifications() { return true }
        switch interruption.wait(for: PQsocket(handle), .readable, until: deadline) {
        case .timedOut: return false
        case .interrupted: throw CancellationError()
        case .ready:
            guard PQconsumeInput(handle) == 1 else { throw lost(PostgresMessage.line(PQerrorMessage(handle))) }
            return takeNotifications()
        }
    }

    private func takeNotifications() -> Bool {
        var some = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            some = true
        }
        return some
    }
}
