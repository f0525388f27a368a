internal import Foundation
internal import LocalServers
public import Platform
public import RedisClient
internal import Synchronization

/// A database of its own on the server that all tests of the process share.
///
/// For tests that do the server no harm: the function library, the configuration and the process are everybody's.
public struct TestRedis: Sendable {
    public let loop: EventLoop
    public let configuration: RedisConfiguration
    public let client: RedisClient

    public init(loop: EventLoop, configuration: RedisConfiguration, client: RedisClient) {
        (self.loop, self.configuration, self.client) = (loop, configuration, client)
    }

    public func newClient(_ change: (inout RedisConfiguration) -> Void = { _ in }) -> RedisClient {
        var configuration = configuration
        change(&configuration)
        return RedisClient(configuration, name: "another", loop: loop)
    }
}

/// Gives the body an empty database of a real server, and an event loop.
public func withRedis(_ body: (TestRedis) async throws -> Void) async throws {
    let loop = try EventLoop(name: "test")
    defer { loop.stop() }
    var configuration = try await SharedRedis.server.value.configuration
    configuration.database = SharedRedis.nextDatabase()
    let client = RedisClient(configuration, name: "test", loop: loop)
    defer { client.close() }
    try await body(TestRedis(loop: loop, configuration: configuration, client: client))
}

private enum SharedRedis {
    private static let databases = 4000
    private static let lastDatabase = Atomic(0)

    static let server = Task {
        let folder = try TemporaryFolder()
        // Globals have no end in which the folder could be removed.
        shared.withLock { $0 = folder }
        atexit { shared.withLock { $0 = nil } }
        var options = LocalRedis.Options()
        options.fsync = nil
        options.more = ["--databases", String(databases)]
        return try await LocalRedis.start(in: folder.path, options: options, on: try EventLoop(name: "shared-redis"))
    }

    private static let shared = Mutex<TemporaryFolder?>(nil)

    static func nextDatabase() -> Int {
        let database = lastDatabase.wrappingAdd(1, ordering: .relaxed).newValue
        precondition(database < databases, "more tests than databases")
        return database
    }
}
