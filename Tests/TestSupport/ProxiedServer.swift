public import PostgresClient
public import RedisClient

/// A server's address that a ``FaultProxy`` can stand before.
public protocol ProxiedServer: Sendable {
    /// The path of its unix socket.
    var socket: String? { get }
    /// The same server with its socket in another folder.
    func moved(to folder: String) -> Self
}

extension RedisConfiguration: ProxiedServer {
    public var socket: String? {
        guard case .unix(let path) = endpoint else { return nil }
        return path
    }

    public func moved(to folder: String) -> RedisConfiguration {
        var moved = self
        moved.endpoint = .unix(path: folder + "/proxy.sock")
        return moved
    }
}

extension PostgresConfiguration: ProxiedServer {
    public var socket: String? { host.map { $0 + "/.s.PGSQL.\(port ?? "5432")" } }

    public func moved(to folder: String) -> PostgresConfiguration {
        var moved = self
        moved.host = folder
        return moved
    }
}
