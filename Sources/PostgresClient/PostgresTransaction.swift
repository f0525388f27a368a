/// A transaction under way, for the closure of ``PostgresClient/transaction(isolation:deadline:_:)`` alone.
public final class PostgresTransaction {
    public enum Isolation: String, Sendable {
        case readCommitted = "READ COMMITTED"
        case repeatableRead = "REPEATABLE READ"
        case serializable = "SERIALIZABLE"
    }

    private let connection: PostgresConnection
    private let patience: Patience
    /// A statement lost against another transaction: whatever the closure makes of it, it is to be run again.
    private(set) var isInConflict = false

    init(_ connection: PostgresConnection, _ patience: Patience) {
        self.connection = connection
        self.patience = patience
    }

    /// Runs one statement; it blocks the thread until the answer is there.
    /// - Throws: ``PostgresError``, or `CancellationError`.
    @discardableResult
    public func query(_ sql: String, _ parameters: [PostgresValue] = []) throws -> PostgresRows {
        try noting { PostgresRows(try connection.query(sql, parameters, patience)) }
    }

    /// Runs statements separated by semicolons, without parameters and without their rows: a migration.
    public func script(_ sql: String) throws { try noting { _ = try connection.script(sql, patience) } }

    private func noting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as PostgresError {
            if error.state?.isConflict == true || error.state?.isStaleStatement == true { isInConflict = true }
            throw error
        }
    }

    // MARK: The frame

    func begin(_ isolation: Isolation) throws {
        try connection.script("BEGIN ISOLATION LEVEL \(isolation.rawValue)", patience, changesNothing: true)
    }

    func commit() throws {
        let answer: PostgresResult
        do {
            answer = try noting { try connection.script("COMMIT", patience) } as PostgresResult
        } catch let error as PostgresError {
            throw error.mayHaveCommitted(!connection.isUsable)
        }
        guard answer.command == "COMMIT" else {
            throw PostgresError(
                .server, "The transaction was rolled back because one of its statements failed.", state: "25P02")
        }
    }

    /// What cannot be rolled back is dropped with its connection.
    func rollBack() {
        guard connection.isUsable, !connection.isIdle else { return }
        _ = try? connection.script("ROLLBACK", patience)
    }
}
