internal import CPostgres
internal import Platform

/// A PostgreSQL address that cannot be understood; the message never repeats a password.
public struct PostgresURLError: Error, CustomStringConvertible {
    public let description: String
}

extension PostgresConfiguration {
    /// Further parameters an address may carry; none of them is secret.
    static let urlOptions: Set<String> = [
        "sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding", "target_session_attrs", "gssencmode",
    ]

    /// Reads `postgresql://[user[:password]@]host[:port]/database[?sslmode=…]` or
    /// `postgresql://[user@]/database?host=/folder/of/the/socket`, as libpq does.
    public init(url: String) throws(PostgresURLError) {
        guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://"), !url.utf8.contains(0) else {
            throw Self.misunderstood("it does not begin with postgresql://")
        }
        // libpq's own message would quote the address, and the password in it.
        guard let parsed = PQconninfoParse(url, nil) else {
            throw Self.misunderstood("check the port, and that special characters are written as %XX")
        }
        defer { PQconninfoFree(parsed) }
        self.init()
        var next = parsed
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { try set(String(cString: keyword), String(cString: value)) }
            next += 1
        }
    }

    private mutating func set(_ keyword: String, _ value: String) throws(PostgresURLError) {
        switch keyword {
        case "host": host = value
        case "port": port = value
        case "dbname": database = value
        case "user": user = value
        case "password": password = Secret(value)
        case _ where Self.urlOptions.contains(keyword): options[keyword] = value
        default: throw Self.misunderstood("the option \(keyword) is not supported")
        }
    }

    private static func misunderstood(_ why: String) -> PostgresURLError {
        PostgresURLError(
            description: """
                The PostgreSQL address cannot be understood: \(why). \
                Write postgresql://user:password@host:5432/database or postgresql:///database?host=/socket/folder.
                """)
    }
}
