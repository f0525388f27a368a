internal import LocalServers
package import Platform
package import RedisClient
package import RedisRoles

/// A real server that is closed to all but the roles of `redis.acl`, and a user `test` who may do everything and looks into
/// it.
package struct ClosedRedis: Sendable {
    package let loop: EventLoop
    package let accounts: RedisAccounts
    private let server: LocalRedis
    package let inspector: RedisClient

    fileprivate init(_ folder: TemporaryFolder, loop: EventLoop) async throws {
        self.loop = loop
        accounts = RedisAccounts(folder: folder.path + "/accounts")
        var options = LocalRedis.Options()
        options.fsync = nil
        options.accounts = accounts
        options.moreUsers = ["user test on nopass ~* &* +@all"]
        options.more = ["--enable-debug-command", "yes"]
        server = try await LocalRedis.start(in: folder.path, options: options, on: loop)
        var configuration = server.configuration
        (configuration.user, configuration.password) = ("test", Secret("any"))
        inspector = RedisClient(configuration, name: "test", loop: loop)
    }

    package func configuration(as role: RedisRole) throws -> RedisConfiguration { try server.configuration(as: role) }

    /// - Parameter user: another than the role, with the role's password.
    package func newClient(as role: RedisRole, user: String? = nil) throws -> RedisClient {
        var configuration = try configuration(as: role)
        if let user { configuration.user = user }
        return RedisClient(configuration, name: "test-\(role)", loop: loop)
    }

    /// A client that shows no password.
    package func newStranger() -> RedisClient {
        RedisClient(RedisConfiguration(endpoint: server.configuration.endpoint), name: "stranger", loop: loop)
    }

    fileprivate func end() async {
        inspector.close()
        await server.stop()
    }
}

package func withClosedRedis(_ body: (ClosedRedis) async throws -> Void) async throws {
    let loop = try EventLoop(name: "test")
    defer { loop.stop() }
    let folder = try TemporaryFolder()
    let redis = try await ClosedRedis(folder, loop: loop)
    do {
        try await body(redis)
    } catch {
        await redis.end()
        throw error
    }
    await redis.end()
}
