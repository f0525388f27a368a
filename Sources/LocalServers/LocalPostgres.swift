internal import FoundationEssentials
internal import Glibc
public import Platform
public import PostgresClient

/// A private PostgreSQL server on a unix socket in a folder of its own, with one database `coursework`.
///
/// It ends with us, also when we are killed. It listens on no port. PostgreSQL refuses to run as root: started as root,
/// it runs as the user nobody.
public struct LocalPostgres: Sendable {
    public struct Options: Sendable {
        /// False is faster, and survives a crash of the server, but none of the machine.
        public var isDurable = true
        /// More of postgresql.conf, as `name=value`.
        public var more: [String] = []

        public init() {}
    }

    public static let database = "coursework"
    private static let user = "coursework"

    public let process: ChildProcess
    public let configuration: PostgresConfiguration

    /// For `DATABASE_URL`.
    public var url: String {
        let folder = (configuration.host ?? "").utf8.map { byte in
            let isPlain = isalnum(Int32(byte)) != 0 || "/._-".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + String(Int(byte) + 256, radix: 16).suffix(2)
        }
        return "postgresql://\(Self.user)@/\(Self.database)?host=\(folder.joined())"
    }

    /// Starts the server, on data it makes when there is none, and waits until it answers.
    /// - Throws: ``LocalServerFailure`` that says what to do.
    public static func start(
        in folder: String, options: Options = Options(), on loop: EventLoop
    ) async throws -> LocalPostgres {
        let socket = folder + "/.s.PGSQL.5432"
        guard socket.utf8.count < 108 else {
            throw LocalServerFailure(
                "The path \(socket) is longer than the 107 bytes of a socket's name: choose a shorter folder.")
        }
        // SIGTERM would wait for every client to go.
        let user = try LocalUser.prepare(folder: folder, endSignal: "INT")
        let programs = try PostgresPrograms.folder(forData: folder + "/data")
        try await makeData(in: folder, programs, options, user, on: loop)
        await waitForPredecessor(in: folder, on: loop)
        let end = MonotonicTime.now + .seconds(10)
        while true {
            do {
                return try await serve(folder, programs + "/postgres", arguments(options, folder), user, on: loop)
            } catch let failure as LocalServerFailure
                where failure.description.contains("is still in use") && MonotonicTime.now < end
            {
                // The processes of a server that was killed go a moment after it, and have its memory until then.
                await loop.sleep(for: .milliseconds(100))
            }
        }
    }

    private static func serve(
        _ folder: String, _ program: String, _ arguments: [String], _ user: LocalUser, on loop: EventLoop
    ) async throws -> LocalPostgres {
        let process = try await run(program, ["-D", folder + "/data"] + arguments, in: folder, user, on: loop)
        let configuration = PostgresConfiguration(host: folder, database: database, user: Self.user)
        try await prepareDatabase(process, configuration, on: loop)
        return LocalPostgres(process: process, configuration: configuration)
    }

    /// Ends all sessions, writes what is to be written, and waits for the end.
    public func stop() async {
        process.send(signal: SIGINT)
        _ = await process.exit()
    }

    private static func arguments(_ options: Options, _ folder: String) -> [String] {
        var settings = [
            "listen_addresses=", "unix_socket_directories=\(folder)", "unix_socket_permissions=0700",
            "max_connections=200", "shared_buffers=64MB", "jit=off",
        ]
        if !options.isDurable { settings += ["fsync=off", "full_page_writes=off"] }
        return (settings + options.more).flatMap { ["-c", $0] }
    }

    /// Under another name first, so that data half made is never taken for data.
    private static func makeData(
        in folder: String, _ programs: String, _ options: Options, _ user: LocalUser, on loop: EventLoop
    ) async throws {
        let (data, new) = (folder + "/data", folder + "/data.new")
        guard !FileManager.default.fileExists(atPath: data) else { return }
        try? FileManager.default.removeItem(atPath: new)
        let making = try await run(
            programs + "/initdb",
            ["-D", new, "-U", Self.user, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
                + (options.isDurable ? [] : ["--no-sync"]),
            in: folder, user, on: loop)
        guard await making.exit() == .code(0) else { throw failure(in: folder) }
        do {
            try FileManager.default.moveItem(atPath: new, toPath: data)
        } catch {
            throw LocalServerFailure("The folder \(data) cannot be made: \(error)")
        }
    }

    /// The server of a `dev` that was killed a moment ago still shuts down, and has the data for itself until then.
    private static func waitForPredecessor(in folder: String, on loop: EventLoop) async {
        let end = MonotonicTime.now + .seconds(10)
        while MonotonicTime.now < end,
            let text = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8),
            let id = text.split(separator: "\n").first.flatMap({ pid_t($0) }), kill(id, 0) == 0
        {
            await loop.sleep(for: .milliseconds(20))
        }
    }

    private static func run(
        _ program: String, _ arguments: [String], in folder: String, _ user: LocalUser, on loop: EventLoop
    ) async throws -> ChildProcess {
        var command = ChildProcess.Command(
            "setpriv", user.privilegeArguments + [program] + arguments,
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"])
        command.folder = folder
        command.outputFile = log(in: folder)
        do {
            return try await ChildProcess.start(command, on: loop)
        } catch {
            throw LocalServerFailure("\(program) cannot be started: \(error)")
        }
    }

    /// Waits until the server answers, and makes the database when it is not there.
    private static func prepareDatabase(
        _ process: ChildProcess, _ configuration: PostgresConfiguration, on loop: EventLoop
    ) async throws {
        var first = configuration
        first.database = "postgres"
        first.waitTimeout = .seconds(60)
        first.reconnectBase = .milliseconds(5)
        first.reconnectCap = .milliseconds(100)
        let client = PostgresClient(first, name: "starting", loop: loop)
        defer { client.close() }
        let preparing = Task {
            do {
                try await client.query("CREATE DATABASE \(PostgresIdentifier.quoted(database))")
            } catch let error as PostgresError where error.state == .duplicateDatabase {
                // From an earlier start.
            }
        }
        // A server that ends instead will never answer.
        let ending = Task {
            _ = await process.exit()
            preparing.cancel()
        }
        defer { ending.cancel() }
        guard case .failure = await preparing.result else { return }
        process.send(signal: SIGQUIT)
        throw failure(in: configuration.host ?? "")
    }

    private static func log(in folder: String) -> String { folder + "/postgres.log" }

    private static func failure(in folder: String) -> LocalServerFailure {
        let text = (try? String(contentsOfFile: log(in: folder), encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n")
        // What the processes of a server that was killed write a moment after it tells nothing of the new one.
        let ours = lines.filter { !$0.contains("unexpected postmaster exit") }
        let reason = ours.last { $0.contains("FATAL:") || $0.contains("error:") } ?? ours.last ?? ""
        return LocalServerFailure("PostgreSQL did not start: \(reason) (see \(log(in: folder)))")
    }
}
