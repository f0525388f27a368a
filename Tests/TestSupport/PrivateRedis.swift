internal import Glibc
internal import LocalServers
public import Platform
public import RedisClient
internal import Synchronization

/// A real server of one test alone, to be killed, frozen, filled and configured.
public final class PrivateRedis: Sendable {
    public let loop: EventLoop
    public let folder: TemporaryFolder
    private let options: LocalRedis.Options
    private let running: Mutex<LocalRedis>

    fileprivate init(_ options: LocalRedis.Options, loop: EventLoop) async throws {
        self.loop = loop
        self.options = options
        folder = try TemporaryFolder()
        running = Mutex(try await LocalRedis.start(in: folder.path, options: options, on: loop))
    }

    public var process: ChildProcess { running.withLock { $0.process } }

    public var configuration: RedisConfiguration {
        var configuration = running.withLock { $0.configuration }
        configuration.reconnectBase = .milliseconds(5)
        configuration.reconnectCap = .milliseconds(50)
        return configuration
    }

    public func newClient(_ change: (inout RedisConfiguration) -> Void = { _ in }) -> RedisClient {
        var configuration = configuration
        change(&configuration)
        return RedisClient(configuration, name: "test", loop: loop)
    }

    /// Ends the server without a warning.
    public func kill() async {
        process.send(signal: SIGKILL)
        _ = await process.exit()
    }

    /// Starts it again on what it left on disk.
    public func start() async throws {
        let started = try await LocalRedis.start(in: folder.path, options: options, on: loop)
        running.withLock { $0 = started }
    }

    /// Lets it answer nobody, and keep every connection.
    public func freeze() { process.send(signal: SIGSTOP) }

    public func thaw() { process.send(signal: SIGCONT) }
}

private let gate = Gate(4)

/// Gives the body a server of its own that keeps nothing on disk unless told otherwise.
public func withPrivateRedis(
    _ more: [String] = [], fsync: String? = nil, port: UInt16? = nil, _ body: (PrivateRedis) async throws -> Void
) async throws {
    try await gate.pass {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        var options = LocalRedis.Options()
        options.fsync = fsync
        options.port = port
        options.more = more
        let redis = try await PrivateRedis(options, loop: loop)
        do {
            try await body(redis)
        } catch {
            await redis.kill()
            throw error
        }
        await redis.kill()
    }
}
