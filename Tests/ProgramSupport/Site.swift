internal import Foundation
internal import Glibc
internal import JobQueue
public import LocalServers
public import Platform
internal import RedisClient
internal import RedisRoles
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
    /// Whether its Redis is closed to all but the roles, as which the programs sign in, and to whoever looks into it.
    public let isClosed: Bool
    private let servers = Mutex<[ChildProcess]>([])
    private let programs = Mutex<[Program]>([])
    private let mayBeDenied = Atomic(false)

    private init(configuration: String?, isClosed: Bool) throws {
        self.isClosed = isClosed
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
    ///   - isClosed: false lets anybody into Redis, and workers bring the functions.
    public static func with(
        _ configuration: String? = briefLease, redis: LocalRedis.Options? = .inMemory, isClosed: Bool = true,
        _ body: (Site) async throws -> Void
    ) async throws {
        let site = try Site(configuration: configuration, isClosed: isClosed)
        do {
            if let redis { try await site.startRedis(redis) }
            try await body(site)
            try await site.checkNobodyWasDenied()
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
        var options = options
        if isClosed, options.accounts == nil { options.close(to: RedisAccounts(folder: ownAccounts)) }
        let server = try await LocalRedis.start(in: folder + "/" + name, options: options, on: Program.loop)
        servers.withLock { $0.append(server.process) }
        if options.accounts != nil { try await bringFunctions(to: server) }
        return server.process
    }

    /// As `coursework redis load` does: no worker may.
    private func bringFunctions(to server: LocalRedis) async throws {
        let client = RedisClient(try server.configuration(as: .deploy), name: "site", loop: Program.loop)
        defer { client.close() }
        try await FunctionLibrary(client: client).ensure()
    }

    /// For a test in which a role asks for what it must not have.
    public func expectDenials() { mayBeDenied.store(true, ordering: .relaxed) }

    /// Not every role that lacks a right says so: what is a courtesy to those who watch is left out in silence.
    private func checkNobodyWasDenied() async throws {
        let isRunning = servers.withLock { $0.last?.isRunning ?? false }
        guard isClosed, isRunning, !mayBeDenied.load(ordering: .relaxed) else { return }
        var configuration = RedisConfiguration(endpoint: .unix(path: socket)).asInspector
        configuration.commandTimeout = .seconds(2)
        let client = RedisClient(configuration, name: "site", loop: Program.loop)
        defer { client.close() }
        // Whoever closed it otherwise has no inspector, and a server that is away cannot be asked.
        guard let denials = try? await RedisServer(client: client).denials(), !denials.isEmpty else { return }
        throw TestFailure("Redis denied somebody something: \(try await redis("ACL", "LOG", "5"))")
    }

    private var ownAccounts: String { folder + "/accounts" }

    /// Those of its own Redis, or of the one that `dev` has.
    private var accounts: String {
        FileManager.default.fileExists(atPath: ownAccounts) ? ownAccounts : dataFolder + "/accounts"
    }

    /// What redis-cli needs to get in.
    public var redisWords: [String] {
        ["-s", socket] + (isClosed ? ["--user", "test", "--pass", "any", "--no-auth-warning"] : [])
    }

    /// Asks with redis-cli, a client that is not ours.
    /// - Parameter lastArgument: a file that holds the command's last argument.
    @discardableResult
    public func redis(_ words: String..., lastArgument: String? = nil) async throws -> String {
        let finished = try await run(
            program: "redis-cli", ["-e"] + redisWords + (lastArgument == nil ? [] : ["-x"]) + words,
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
            "REDIS_URL": "unix://\(socket)", "REDIS_ACCOUNTS": accounts, Self.dataVariable: dataFolder,
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
