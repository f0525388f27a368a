internal import Platform

/// A Redis address that cannot be understood; the message never repeats a password.
public struct RedisURLError: Error, CustomStringConvertible {
    public let description: String
}

extension RedisConfiguration {
    /// Reads `redis://[user][:password]@host[:port][/database]` or `unix://[user:password@]/path[?db=database]`.
    public init(url: String) throws(RedisURLError) {
        guard let separator = url.firstRange(of: "://") else { throw Self.misunderstood("it has no scheme") }
        let rest = url[separator.upperBound...]
        switch url[..<separator.lowerBound] {
        case "redis": try self.init(tcp: rest)
        case "unix", "redis+unix": try self.init(unix: rest)
        case "rediss":
            throw RedisURLError(
                description: "Redis over TLS (rediss://) is not supported; use a unix socket, loopback or stunnel.")
        default: throw Self.misunderstood("its scheme is unknown")
        }
    }

    private init(tcp text: Substring) throws(RedisURLError) {
        let (credentials, place) = Self.splitCredentials(text)
        let parts = place.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let (host, port) = try Self.hostAndPort(parts[0])
        try self.init(
            endpoint: .tcp(host: host, port: port), credentials: credentials, database: parts.count > 1 ? parts[1] : "")
    }

    private init(unix text: Substring) throws(RedisURLError) {
        // A path may hold an @ too.
        let (credentials, place) = text.hasPrefix("/") ? (nil, text) : Self.splitCredentials(text)
        let parts = place.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].hasPrefix("/") else { throw Self.misunderstood("the socket's path must begin with /") }
        var database: Substring = ""
        for option in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            guard option.hasPrefix("db=") else { throw Self.misunderstood("the only option is db") }
            database = option.dropFirst(3)
        }
        try self.init(
            endpoint: .unix(path: String(parts[0])), credentials: credentials, database: database)
    }

    private init(endpoint: Endpoint, credentials: Substring?, database: Substring) throws(RedisURLError) {
        guard let database = database.isEmpty ? 0 : Int(database), database >= 0 else {
            throw Self.misunderstood("the database must be a number")
        }
        self.init(endpoint: endpoint, database: database)
        guard let credentials else { return }
        let parts = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let user = try Self.percentDecoded(parts[0])
        self.user = user.isEmpty ? nil : user
        if parts.count > 1 { password = Secret(try Self.percentDecoded(parts[1])) }
    }

    private static func splitCredentials(_ text: Substring) -> (Substring?, Substring) {
        guard let at = text.lastIndex(of: "@") else { return (nil, text) }
        return (text[..<at], text[text.index(after: at)...])
    }

    private static func hostAndPort(_ text: Substring) throws(RedisURLError) -> (String, UInt16) {
        var host = text
        var port: UInt16 = 6379
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else {
                throw misunderstood("the port must be a number from 1 to 65535")
            }
            host = text[..<colon]
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw misunderstood("the host is missing") }
        return (String(host), port)
    }

    private static func percentDecoded(_ text: Substring) throws(RedisURLError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2).map { Character(Unicode.Scalar($0)) }
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(String(digits), radix: 16)
            else {
                throw misunderstood("a % must be followed by two hexadecimal digits")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func misunderstood(_ why: String) -> RedisURLError {
        RedisURLError(
            description: """
                The Redis address cannot be understood: \(why). \
                Write redis://[user:password@]host[:port][/database] or unix:///path/to/redis.sock.
                """)
    }
}
