internal import Glibc
internal import LocalServers
package import Platform
package import RedisClient
package import RedisRoles
internal import Synchronization

/// A real server that is closed to all but the roles of `redis.acl`, and a user `test` who may do everything and looks into
/// it.
package final class ClosedRedis: Sendable {
    package let loop: EventLoop
    package let accounts: RedisAccounts
    package let inspector: RedisClient
    private let folder: TemporaryFolder
    private let options: LocalRedis.Options
    private let running: Mutex<LocalRedis>

    fileprivate init(fsync: String?, loop: EventLoop) async throws {
        self.loop = loop
        folder = try TemporaryFolder()
        accounts = RedisAccounts(folder: folder.path + "/accounts")
        var options = LocalRedis.Options()
        options.fsync = fsync
        options.close(to: accounts)
        options.more = ["--enable-debug-command", "yes"]
        self.options = options
        let server = try await LocalRedis.start(in: folder.path, options: options, on: loop)
        running = Mutex(server)
        inspector = RedisClient(server.configuration.asInspector, name: "test", loop: loop)
    }

    private var server: LocalRedis { running.withLock { $0 } }

    package func configuration(as role: RedisRole) throws -> RedisConfiguration { try server.configuration(as: role) }

    /// Ends it without a warning, and starts it on what it left on disk.
    package func killAndRestart() async throws {
        server.process.send(signal: SIGKILL)
        _ = await server.process.exit()
        let started = try await LocalRedis.start(in: folder.path, options: options, on: loop)
        running.withLock { $0 = started }
    }

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

/// - Parameter fsync: nil keeps nothing on disk.
package func withClosedRedis(fsync: String? = nil, _ body: (ClosedRedis) async throws -> Void) async throws {
    let loop = try EventLoop(name: "test")
    defer { loop.stop() }
    let redis = try await ClosedRedis(fsync: fsync, loop: loop)
    do {
        try await body(redis)
    } catch {
        await redis.end()
        throw error
    }
    await redis.end()
}
