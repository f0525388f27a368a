public import PostgresClient

/// The record of the effects that were applied: the reason why a job that runs twice has its effect once.
///
/// Every effect has a key, its business identity, and the key is unique in the table `coursework.effects`. An effect
/// inside PostgreSQL is written in the same transaction as its row: see ``once(_:job:_:)``. One outside, such as a mail,
/// is announced before and reported after: see ``begin(_:job:policy:continuing:)``.
///
/// All calls may be repeated, and are, by the ledger itself: when the database restarts, or a COMMIT's answer is lost,
/// the call is made again, and the row says what became of the first one.
public struct EffectLedger: Sendable {
    let client: PostgresClient
    /// How long the ledger tries to find out what became of a call before it leaves that to the job's next attempt.
    private let persistence: Persistence

    /// - Parameter client: of a database that `coursework migrate` has prepared.
    public init(_ client: PostgresClient, persistence: Persistence = Persistence()) {
        self.client = client
        self.persistence = persistence
    }

    /// A transaction that may be run again although it was committed.
    func transaction<Value: Sendable>(
        _ body: @Sendable (PostgresTransaction) throws -> Value
    ) async throws -> Value {
        try await persistence.run { try await client.transaction(body) }
    }
}
