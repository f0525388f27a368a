internal import Foundation
internal import Glibc
public import LocalServers
public import Platform
internal import Synchronization
internal import TestSupport

/// A folder, a configuration and mostly a Redis for one test alone, and the programs it runs there. All of it is gone
/// when the test is done.
public final class Site: Sendable {
    /// One pool for three queues; a worker that dies is noticed within a second.
    public static let briefLease = """
        {
            queues: ["emails", "default", "notifications"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { main: { queues: ["emails", "default", "notifications"], slots: 4 } },
        }
        """

    /// By this variable all processes of a site are known.
    public static let dataVariable = "COURSEWORK_DATA"

    public let folder: String
    public var dataFolder: String { folder + "/data" }
    private let configuration: String?
    private let servers = Mutex<[ChildProcess]>([])
    private let programs = Mutex<[Program]>([])

    private init(configuration: String?) throws {
        // A socket's name has at most 107 bytes.
        var template = Array("/tmp/cw-e2e-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // As root, Redis runs as nobody and must get here.
        chmod(folder, 0o755)
        self.folder = folder
        self.configuration = try configuration.map { text in
            let file = folder + "/coursework.json5"
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return file
        }
    }

    /// - Parameters:
    ///   - configuration: the text of the configuration file; nil takes the one that ships.
    ///   - redis: nil starts none.
    public static func with(
        _ configuration: String? = briefLease, redis: LocalRedis.Options? = .inMemory,
        _ body: (Site) async throws -> Void
    ) async throws {
        let site = try Site(configuration: configuration)
        do {
            if let redis { try await site.startRedis(redis) }
            try await body(site)
        } catch {
            await site.end()
            throw error
        }
        await site.end()
    }

    private func end() async {
        let running = programs.withLock { $0 }.filter { $0.isRunning }
        for program in running {
            for descendant in ProcessTable.descendants(of: program.processID) { kill(descendant, SIGKILL) }
            program.send(SIGKILL)
        }
        for program in running { _ = try? await program.exit() }
        // What hung below a program that ended before them.
        for orphan in ProcessTable.processes(withVariable: Self.dataVariable, dataFolder) { kill(orphan, SIGKILL) }
        for server in servers.withLock({ $0 }) {
            server.send(signal: SIGKILL)
            _ = await server.exit()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: Redis

    public var socket: String { folder + "/r/redis.sock" }

    @discardableResult
    public func startRedis(
        _ options: LocalRedis.Options = .inMemory, in name: String = "r"
    ) async throws -> ChildProcess {
        let server = try await LocalRedis.start(in: folder + "/" + name, options: options, on: Program.loop).process
        servers.withLock { $0.append(server) }
        return server
    }

    /// Asks with redis-cli, a client that is not ours.
    /// - Parameter lastArgument: a file that holds the command's last argument.
    @discardableResult
    public func redis(_ words: String..., lastArgument: String? = nil) async throws -> String {
        let finished = try await run(
            program: "redis-cli", ["-e", "-s", socket] + (lastArgument == nil ? [] : ["-x"]) + words,
            input: lastArgument.map { .file($0) } ?? .nothing)
        guard finished.exit == .code(0) else { throw TestFailure("redis-cli \(words): \(finished)") }
        return finished.output.trimmingCharacters(in: .newlines)
    }

    // MARK: Programs

    /// Runs `coursework` to its end.
    public func run(
        _ words: String..., input: Program.Input = .nothing, environment: [String: String] = [:],
        within limit: Duration = .seconds(40)
    ) async throws -> Finished {
        try await run(program: Product.command, words, input: input, environment: environment, within: limit)
    }

    public func run(
        program: String, _ words: [String], input: Program.Input = .nothing, environment: [String: String] = [:],
        within limit: Duration = .seconds(40)
    ) async throws -> Finished {
        let program = try await start(program: program, words, input: input, environment: environment)
        let exit = try await program.exit(within: limit)
        try await program.output.end()
        try await program.errors.end()
        return Finished(exit: exit, output: program.output.text, errors: program.errors.text)
    }

    /// Starts `coursework` beside the test.
    public func start(_ words: String..., environment: [String: String] = [:]) async throws -> Program {
        try await start(program: Product.command, words, environment: environment)
    }

    public func start(
        program: String, _ words: [String], input: Program.Input = .nothing, environment: [String: String] = [:]
    ) async throws -> Program {
        let program = try await Program.start(
            program, words, environment: self.environment.merging(environment) { _, new in new }, input: input)
        programs.withLock { $0.append(program) }
        return program
    }

    private var environment: [String: String] {
        var environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": folder, "LC_ALL": "C.UTF-8",
            "REDIS_URL": "unix://\(socket)", "REDIS_ACCOUNTS": dataFolder + "/accounts", Self.dataVariable: dataFolder,
        ]
        if let configuration { environment["COURSEWORK_CONFIG"] = configuration }
        if let path = ProcessInfo.processInfo.environment["PYTHONPATH"] { environment["PYTHONPATH"] = path }
        return environment
    }

    /// Writes a file and returns its path.
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }
}

extension LocalRedis.Options {
    public static var inMemory: Self {
        var options = Self()
        options.fsync = nil
        return options
    }

    public static func inMemory(_ more: String...) -> Self {
        var options = inMemory
        options.more = more
        return options
    }
}
