public import Platform

extension PostgresClient {
    private static let attempts = 5
    private static let firstPause = Duration.milliseconds(10)

    /// Runs the closure in a transaction: all of it is done, or, when anything is thrown, nothing.
    ///
    /// The closure runs on the connection's thread and may block there; keep it short. It is run again, up to five
    /// times in all, when the transaction lost against another (40001, 40P01), so it changes nothing outside.
    /// - Throws: what the closure throws, ``PostgresError``, or `CancellationError`. An error whose `mayHaveCommitted`
    ///   is true leaves open whether it was done, and so does the cancellation of a task that waits for the COMMIT.
    public func transaction<Value: Sendable>(
        isolation: PostgresTransaction.Isolation = .readCommitted, deadline: MonotonicTime? = nil,
        _ body: @Sendable (PostgresTransaction) throws -> Value
    ) async throws -> Value {
        try await withConnection(by: deadline) { connection, patience in
            var attempt = 1
            while true {
                let transaction = PostgresTransaction(connection, patience)
                do {
                    return try transaction.run(isolation, body)
                } catch {
                    guard transaction.isInConflict, connection.isIdle, attempt < Self.attempts else { throw error }
                }
                let pause = Self.firstPause * (1 << attempt) * Double.random(in: 0...1)
                guard patience.interruption.sleep(until: .now + pause) == .timedOut else { throw CancellationError() }
                attempt += 1
            }
        }
    }
}

extension PostgresTransaction {
    fileprivate func run<Value>(_ isolation: Isolation, _ body: (PostgresTransaction) throws -> Value) throws -> Value {
        try begin(isolation)
        do {
            let value = try body(self)
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }
}
