public import Platform
internal import Tracing

/// A PostgreSQL server, reached over a few connections that are opened when they are needed and again when they were
/// lost.
///
/// Every call runs on a thread of the client's own, so nothing of Swift's pool is held. While the server is away,
/// callers wait until their deadline, and attempts to connect are spaced by a capped exponential wait with full jitter.
/// A statement is never sent twice: an error whose `mayHaveCommitted` is true leaves the decision to the caller.
/// A cancelled task's connection is dropped, and the server ends what it was doing within a second.
public final class PostgresClient: Sendable {
    static let closedError = PostgresError(.closed, "This PostgreSQL client was closed.")

    public let configuration: PostgresConfiguration
    private let name: String
    private let pool: ConnectionPool
    private let gate: ReconnectGate
    private let executor: BlockingExecutor

    /// - Parameter name: what `pg_stat_activity` shows.
    public init(_ configuration: PostgresConfiguration, name: String = "coursework", loop: EventLoop) {
        self.configuration = configuration
        self.name = name
        pool = ConnectionPool(configuration, loop: loop)
        gate = ReconnectGate(configuration)
        executor = BlockingExecutor(label: "postgres", width: max(1, configuration.connections))
    }

    deinit { pool.close() }

    /// Runs one statement by itself. It is prepared once a connection, so keep its text the same.
    /// - Parameter deadline: when to give up; by default the configuration's waiting times from now.
    /// - Throws: ``PostgresError``, or `CancellationError`.
    @discardableResult
    public func query(
        _ sql: String, _ parameters: [PostgresValue] = [], deadline: MonotonicTime? = nil
    ) async throws -> PostgresRows {
        try await withConnection(by: deadline) { connection, patience in
            PostgresRows(try connection.query(sql, parameters, patience))
        }
    }

    /// Ends the connections as they become free; later calls throw `.closed`. Safe to call twice.
    public func close() { pool.close() }

    // MARK: Connections

    /// Runs the body on a thread that may block, alone with a connection.
    func withConnection<Value: Sendable>(
        by deadline: MonotonicTime?, _ body: @Sendable (PostgresConnection, Patience) throws -> Value
    ) async throws -> Value {
        try await OutsideCall.during("postgresql", .client, spanAttributes) {
            try await useConnection(by: deadline, body)
        }
    }

    /// To whom, and no statement: those are texts of ours, but what a handler asks for may be told by its choice of them.
    private var spanAttributes: [SpanAttribute] {
        let names = [("server.address", configuration.host), ("db.namespace", configuration.database)]
        return [SpanAttribute("db.system.name", "postgresql")]
            + names.compactMap { key, value in value.map { SpanAttribute(key, $0) } }
    }

    private func useConnection<Value: Sendable>(
        by deadline: MonotonicTime?, _ body: @Sendable (PostgresConnection, Patience) throws -> Value
    ) async throws -> Value {
        let place = try await pool.take(by: deadline ?? .now + configuration.waitTimeout)
        do {
            let patience = Patience(deadline: deadline ?? .distantFuture, interruption: try Interruption())
            let (value, connection) = try await withTaskCancellationHandler {
                try await onThread { try use(place, patience, body) }
            } onCancel: {
                patience.interruption.request()
            }
            pool.giveBack(connection)
            return try value.get()
        } catch {
            pool.giveBack(nil)
            throw error
        }
    }

    private func onThread<Value: Sendable>(_ body: @Sendable () throws -> Value) async throws -> Value {
        try await withTaskExecutorPreference(executor) { try await Self.run(body) }
    }

    /// Leaves the caller's actor for the thread.
    @concurrent
    private static func run<Value: Sendable>(_ body: @Sendable () throws -> Value) async throws -> Value { try body() }

    private func use<Value: Sendable>(
        _ place: ConnectionPool.Place, _ patience: Patience,
        _ body: (PostgresConnection, Patience) throws -> Value
    ) throws -> (Result<Value, any Error>, PostgresConnection?) {
        let connection = try alive(place) ?? open(patience)
        let result = Result { try body(connection, patience) }
        return (result, connection.isIdle ? connection : nil)
    }

    private func alive(_ place: ConnectionPool.Place) -> PostgresConnection? {
        guard let place, place.isAlive() else { return nil }
        return place
    }

    /// Tries until it succeeds, waiting cannot help, or the time is over.
    private func open(_ patience: Patience) throws -> PostgresConnection {
        let deadline = min(patience.deadline, .now + configuration.waitTimeout)
        let patience = Patience(deadline: deadline, interruption: patience.interruption)
        while true {
            switch gate.turn() {
            case .wait(let time):
                guard patience.interruption.sleep(until: min(time, deadline)) == .timedOut else {
                    throw CancellationError()
                }
                if time >= deadline { throw gate.lastFailure ?? configuration.unreachable("it does not answer") }
            case .go(let failuresBefore):
                if let connection = try attempt(patience, failuresBefore) { return connection }
            }
        }
    }

    /// Nil when it may succeed later.
    private func attempt(_ patience: Patience, _ failuresBefore: Int) throws -> PostgresConnection? {
        do {
            let connection = try PostgresConnection.open(configuration, name: name, patience)
            gate.succeeded()
            return connection
        } catch let error as PostgresError {
            gate.failed(error, failuresBefore: failuresBefore)
            guard error.isTransient, patience.deadline > .now else { throw error }
            return nil
        }
    }
}
