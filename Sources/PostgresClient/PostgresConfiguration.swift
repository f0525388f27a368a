public import Platform

/// Where a PostgreSQL server is, who we are there, and how long we wait for it.
public struct PostgresConfiguration: Sendable, Equatable, CustomStringConvertible {
    /// A host name, an address, or the folder of a unix socket; nil is what libpq takes then.
    public var host: String?
    public var port: String?
    public var database: String?
    public var user: String?
    public var password: Secret?
    /// Other parameters of libpq, such as `sslmode`.
    public var options: [String: String] = [:]

    /// How many connections a client opens at most.
    public var connections = 4
    /// How long connecting may take, sign-in included.
    public var connectTimeout: Duration = .seconds(5)
    /// How long a caller waits for a connection: until another gives one back, or until the server is there again.
    public var waitTimeout: Duration = .seconds(10)
    /// After this long the server ends a statement by itself.
    public var statementTimeout: Duration = .seconds(10)
    /// How long an answer may take. A connection that is silent for longer is given up. Longer than the statement's,
    /// so that a server that works has the first word.
    public var answerTimeout: Duration = .seconds(15)
    /// The server ends a transaction in which nothing was asked for this long: a frozen process holds no locks.
    public var idleTransactionTimeout: Duration = .seconds(15)
    /// The first wait before connecting again; it doubles up to ``reconnectCap``, each with full jitter.
    public var reconnectBase: Duration = .milliseconds(50)
    public var reconnectCap: Duration = .seconds(2)
    /// How many prepared statements a connection keeps.
    public var preparedStatements = 64

    public init(
        host: String? = nil, port: String? = nil, database: String? = nil, user: String? = nil, password: Secret? = nil
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
    }

    /// The address without user and password.
    public var description: String {
        let database = database ?? ""
        guard let host, !host.isEmpty else { return "postgresql:///\(database)" }
        if host.hasPrefix("/") { return "postgresql:///\(database)?host=\(host)" }
        return "postgresql://\(host)\(port.map { ":\($0)" } ?? "")/\(database)"
    }
}
