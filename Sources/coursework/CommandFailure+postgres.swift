import PostgresClient

extension CommandFailure {
    /// What a person can do about an error of PostgreSQL.
    init(_ error: PostgresError) {
        switch error.code {
        case .server where error.state == .undefinedTable:
            self.init(.configuration, "\(error) Run coursework migrate.")
        case .server where error.state == .checkViolation:
            self.init(.usage, "The row is refused: \(Self.constraint(in: error.message)).")
        case .refused: self.init(.configuration, error.description)
        case .unavailable: self.init(.unavailable, "\(error) Start it, or set DATABASE_URL to where it is.")
        default: self.init(error.isTransient ? .unavailable : .failed, error.description)
        }
    }

    /// The constraints of our tables are called by what they ask for.
    private static func constraint(in message: String) -> String {
        let parts = message.split(separator: "\"")
        return parts.count >= 4 ? String(parts[3]) : message
    }
}
