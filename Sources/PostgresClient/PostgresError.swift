/// What went wrong between us and PostgreSQL: a code to act on, and a sentence for a person.
public struct PostgresError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// No connection could be had in time. Nothing was sent.
        case unavailable
        /// No answer in time; the connection was given up.
        case timeout
        /// The connection ended before the answer came.
        case connectionLost
        /// The server does not know the user, the password or the database.
        case refused
        /// The client was closed by its owner.
        case closed
        /// The server answered with an error: see ``PostgresError/state``.
        case server
        /// A parameter that PostgreSQL cannot hold.
        case invalidParameter
        /// A column that is not there, or whose value is not of the wanted type.
        case unexpectedValue
    }

    public let code: Code
    public let message: String
    /// What the server calls the error; nil when it did not say.
    public let state: SQLState?
    /// Whether the change may have been made durable although no answer said so: the connection ended, or was given
    /// up, between the statement (outside a transaction) or the COMMIT and its answer.
    public let mayHaveCommitted: Bool

    public init(_ code: Code, _ message: String, state: SQLState? = nil, mayHaveCommitted: Bool = false) {
        self.code = code
        self.message = message
        self.state = state
        self.mayHaveCommitted = mayHaveCommitted
    }

    public var description: String { message }

    /// Whether the same call may succeed later without anybody changing it.
    public var isTransient: Bool {
        switch code {
        case .unavailable, .timeout, .connectionLost: true
        case .server: state?.isTransient ?? false
        case .refused, .closed, .invalidParameter, .unexpectedValue: false
        }
    }

    func mayHaveCommitted(_ may: Bool) -> PostgresError {
        PostgresError(code, message, state: state, mayHaveCommitted: may)
    }
}
