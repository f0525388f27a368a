public import Platform

/// Where a Redis server is, who we are there, and how long we wait for it.
public struct RedisConfiguration: Sendable, Equatable {
    public enum Endpoint: Sendable, Equatable, CustomStringConvertible {
        case unix(path: String)
        case tcp(host: String, port: UInt16)

        public var description: String {
            switch self {
            case .unix(let path): "unix://\(path)"
            case .tcp(let host, let port): "redis://\(host):\(port)"
            }
        }
    }

    public var endpoint: Endpoint
    public var user: String?
    public var password: Secret?
    public var database: Int
    /// How long connecting may take, name look-up and sign-in included.
    public var connectTimeout: Duration = .seconds(5)
    /// How long an answer may take, beside what a blocking command itself waits. A connection that is silent for
    /// longer is half-open and given up.
    public var commandTimeout: Duration = .seconds(5)
    /// The first wait before connecting again; it doubles up to ``reconnectCap``, each with full jitter.
    public var reconnectBase: Duration = .milliseconds(50)
    public var reconnectCap: Duration = .seconds(2)
    /// Bytes waiting to be sent above which callers wait.
    public var sendBufferLimit = 16 << 20
    /// How long a caller off the event loop watches for its answer before it sleeps. A local Redis answers in less
    /// than a sleeping thread needs to wake; 0 turns it off.
    public var spin: Duration = .microseconds(50)
    public var companion: Companion?

    public init(endpoint: Endpoint, user: String? = nil, password: Secret? = nil, database: Int = 0) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.database = database
    }
}
