/// PostgreSQL's code for what went wrong: five characters, the first two of which name a class.
public struct SQLState: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.init(rawValue: value) }

    public var description: String { rawValue }

    public static let uniqueViolation: SQLState = "23505"
    public static let checkViolation: SQLState = "23514"
    public static let invalidPassword: SQLState = "28P01"
    public static let notAuthorized: SQLState = "28000"
    public static let unknownDatabase: SQLState = "3D000"
    public static let serializationFailure: SQLState = "40001"
    public static let deadlockDetected: SQLState = "40P01"
    public static let undefinedTable: SQLState = "42P01"
    public static let duplicateDatabase: SQLState = "42P04"
    public static let tooManyConnections: SQLState = "53300"
    public static let lockNotAvailable: SQLState = "55P03"
    public static let statementTimeout: SQLState = "57014"
    public static let adminShutdown: SQLState = "57P01"

    /// Shutting down, crashed, starting, dropped database, idle session: the connection is gone, the server is not.
    var isOperatorIntervention: Bool { rawValue.hasPrefix("57P") && rawValue != "57P04" }

    /// Whether the same statement may succeed later without anybody changing it.
    var isTransient: Bool {
        switch self {
        case .serializationFailure, .deadlockDetected, .lockNotAvailable, .statementTimeout: true
        // A replica that was not promoted yet, or that this server became.
        case "25006": true
        case "25P03": true
        default: isOperatorIntervention || rawValue.hasPrefix("08") || rawValue.hasPrefix("53")
        }
    }

    /// The transaction lost against another; run again, it may win.
    var isConflict: Bool { self == .serializationFailure || self == .deadlockDetected }

    /// A prepared statement the server forgot (26000) or whose tables changed (0A000).
    var isStaleStatement: Bool { self == "26000" || self == "0A000" }
}
