internal import Foundation
internal import LocalServers
public import Platform
public import PostgresClient
internal import Synchronization

/// A database of its own on the server that all tests of the process share.
///
/// For tests that do the server no harm.
public struct TestPostgres: Sendable {
    public let loop: EventLoop
    public let configuration: PostgresConfiguration
    public let client: PostgresClient

    public func newClient(_ change: (inout PostgresConfiguration) -> Void = { _ in }) -> PostgresClient {
        var configuration = configuration
        change(&configuration)
        return PostgresClient(configuration, name: "another", loop: loop)
    }
}

/// Gives the body an empty database of a real server, and an event loop.
public func withPostgres(_ body: (TestPostgres) async throws -> Void) async throws {
    let loop = try EventLoop(name: "test")
    defer { loop.stop() }
    var configuration = try await SharedPostgres.server.value.configuration
    let name = SharedPostgres.nextDatabase()
    let first = PostgresClient(configuration, name: "test", loop: loop)
    try await first.query("CREATE DATABASE \(name)")
    first.close()
    configuration.database = name
    let client = PostgresClient(configuration, name: "test", loop: loop)
    defer { client.close() }
    try await body(TestPostgres(loop: loop, configuration: configuration, client: client))
}

private enum SharedPostgres {
    private static let lastDatabase = Atomic(0)
    private static let shared = Mutex<TemporaryFolder?>(nil)

    static let server = Task {
        let folder = try TemporaryFolder()
        // Globals have no end in which the folder could be removed.
        shared.withLock { $0 = folder }
        atexit { shared.withLock { $0 = nil } }
        var options = LocalPostgres.Options()
        options.isDurable = false
        return try await LocalPostgres.start(
            in: folder.path, options: options, on: try EventLoop(name: "shared-postgres"))
    }

    static func nextDatabase() -> String { "test\(lastDatabase.wrappingAdd(1, ordering: .relaxed).newValue)" }
}
