internal import FoundationEssentials
internal import Glibc
public import Platform
public import RedisClient
package import RedisRoles

/// A private redis-server on a unix socket in a folder of its own: what `dev`, the tests and the benchmarks run on.
///
/// It ends with us, also when we are killed. It listens on no port unless asked to. Started as root, it runs as the
/// user nobody.
public struct LocalRedis: Sendable {
    public struct Options: Sendable {
        /// `appendfsync`; nil keeps nothing on disk.
        public var fsync: String? = "everysec"
        /// Also listens on this port of 127.0.0.1.
        public var port: UInt16?
        /// More of redis.conf, as command-line arguments.
        public var more: [String] = []
        /// The accounts of the roles, which are made where they are missing: then it is closed to all others. Nil lets in
        /// whoever comes.
        package var accounts: RedisAccounts?
        /// More lines for its list of users.
        package var moreUsers: [String] = []

        public init() {}
    }

    public let process: ChildProcess
    /// As an operator, where there are accounts.
    public let configuration: RedisConfiguration
    /// For `REDIS_URL`.
    public let url: String
    private let accounts: RedisAccounts?

    /// Starts the server and waits until it answers.
    /// - Throws: ``LocalServerFailure`` that says what to do.
    public static func start(
        in folder: String, options: Options = Options(), on loop: EventLoop
    ) async throws -> LocalRedis {
        let socket = folder + "/redis.sock"
        guard socket.utf8.count < 108 else {
            throw LocalServerFailure(
                "The path \(socket) is longer than the 107 bytes of a socket's name: choose a shorter folder.")
        }
        let user = try LocalUser.prepare(folder: folder)
        var command = ChildProcess.Command(
            "setpriv", user.privilegeArguments + ["redis-server"] + arguments(options) + (try access(options, folder)),
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"])
        command.folder = folder
        command.outputFile = folder + "/redis.log"
        let process: ChildProcess
        do {
            process = try await ChildProcess.start(command, on: loop)
        } catch {
            throw LocalServerFailure("redis-server cannot be started (\(error)): install the package redis-server.")
        }
        var configuration = RedisConfiguration(endpoint: .unix(path: socket))
        if let accounts = options.accounts { configuration = try accounts.signIn(as: .operator, to: configuration) }
        try await waitUntilReady(process, configuration, log: command.outputFile ?? "", on: loop)
        return LocalRedis(
            process: process, configuration: configuration, url: "unix://\(socket)", accounts: options.accounts)
    }

    /// As another role than the operator.
    package func configuration(as role: RedisRole) throws -> RedisConfiguration {
        guard let accounts else { return configuration }
        return try accounts.signIn(as: role, to: configuration)
    }

    /// Lets the server write what it holds and waits for its end.
    public func stop() async {
        process.send(signal: SIGTERM)
        _ = await process.exit()
    }

    private static func arguments(_ options: Options) -> [String] {
        var arguments = [
            "--port", String(options.port ?? 0), "--bind", "127.0.0.1", "--unixsocket", "redis.sock",
            "--unixsocketperm", "700", "--dir", ".", "--save", "", "--maxmemory-policy", "noeviction",
            "--appendonly", options.fsync == nil ? "no" : "yes", "--daemonize", "no",
        ]
        if let fsync = options.fsync { arguments += ["--appendfsync", fsync] }
        return arguments + options.more
    }

    /// Where there are accounts: the list of what each may do, in a file with hashes of their passwords.
    private static func access(_ options: Options, _ folder: String) throws -> [String] {
        guard let accounts = options.accounts else { return [] }
        let list =
            AccessList.shipped.text(passwords: try accounts.makeAll()) + options.moreUsers.map { $0 + "\n" }.joined()
        // For the user who runs the server; nobody else gets into its folder.
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o644]
        guard
            FileManager.default.createFile(
                atPath: folder + "/users.acl", contents: Data(list.utf8), attributes: attributes)
        else { throw LocalServerFailure("The file \(folder)/users.acl cannot be written.") }
        return ["--aclfile", "users.acl"]
    }

    private static func waitUntilReady(
        _ process: ChildProcess, _ configuration: RedisConfiguration, log: String, on loop: EventLoop
    ) async throws {
        var eager = configuration
        eager.reconnectBase = .milliseconds(2)
        eager.reconnectCap = .milliseconds(50)
        let client = RedisClient(eager, name: "starting", loop: loop)
        defer { client.close() }
        // A server that ends instead will never answer; its end closes the client, and the call below fails at once.
        let ending = Task {
            _ = await process.exit()
            client.close()
        }
        defer { ending.cancel() }
        guard (try? await client.call("PING", deadline: .now + .seconds(60))) == nil else { return }
        let reason = (try? String(contentsOfFile: log, encoding: .utf8))?.split(separator: "\n").last ?? ""
        throw LocalServerFailure("redis-server did not start: \(reason) (see \(log))")
    }
}
