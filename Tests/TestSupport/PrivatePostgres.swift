internal import Foundation
internal import LocalServers
public import Platform
public import PostgresClient
internal import Synchronization

/// A real server of one test alone, to be killed, frozen and restarted.
public final class PrivatePostgres: Sendable {
    public let loop: EventLoop
    public let folder: TemporaryFolder
    private let options: LocalPostgres.Options
    private let running: Mutex<LocalPostgres>

    fileprivate init(_ options: LocalPostgres.Options, loop: EventLoop) async throws {
        self.loop = loop
        self.options = options
        folder = try TemporaryFolder()
        running = Mutex(try await LocalPostgres.start(in: folder.path, options: options, on: loop))
    }

    public var process: ChildProcess { running.withLock { $0.process } }
    public var configuration: PostgresConfiguration { running.withLock { $0.configuration } }

    public func newClient(_ change: (inout PostgresConfiguration) -> Void = { _ in }) -> PostgresClient {
        var configuration = configuration
        change(&configuration)
        return PostgresClient(configuration, name: "test", loop: loop)
    }

    /// `pg_ctl stop -m immediate`: as if it crashed, with all its backends.
    public func kill() async {
        process.send(signal: SIGQUIT)
        process.send(signal: SIGCONT)
        _ = await process.exit()
    }

    /// Starts it again on what it left on disk.
    public func start() async throws {
        let started = try await LocalPostgres.start(in: folder.path, options: options, on: loop)
        running.withLock { $0 = started }
    }

    /// From the next reload of its configuration on.
    public func requirePassword(of user: String) throws {
        let path = folder.file("data/pg_hba.conf")
        let rules = try String(contentsOfFile: path, encoding: .utf8)
        guard let file = FileHandle(forWritingAtPath: path) else { throw TestFailure("\(path) cannot be written") }
        defer { try? file.close() }
        try file.write(contentsOf: Data("local all \(user) scram-sha-256\n\(rules)".utf8))
    }

    /// Lets the server and the named backend answer nobody, and keep every connection.
    public func freeze(backend: Int) {
        process.send(signal: SIGSTOP)
        Foundation.kill(pid_t(backend), SIGSTOP)
    }

    public func thaw(backend: Int) {
        Foundation.kill(pid_t(backend), SIGCONT)
        process.send(signal: SIGCONT)
    }
}

private let gate = Gate(2)

/// Gives the body a server of its own.
public func withPrivatePostgres(
    _ more: [String] = [], _ body: (PrivatePostgres) async throws -> Void
) async throws {
    try await gate.pass {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        var options = LocalPostgres.Options()
        options.isDurable = false
        options.more = more
        let postgres = try await PrivatePostgres(options, loop: loop)
        do {
            try await body(postgres)
        } catch {
            await postgres.kill()
            throw error
        }
        await postgres.kill()
    }
}
