import Configuration
import FoundationEssentials
import Jobs
import LocalServers
import Logging
import Platform
import RedisClient
import WorkerRuntime

/// Everything at once in one folder: the private servers, and on them a relay, an HTTP server where one is wanted, and the
/// worker processes of all pools.
struct DevServers {
    let setup: Setup
    let folder: String
    let diagnostics: Bool
    let loop: EventLoop
    /// Where the HTTP server listens; nil for none.
    var listen: ListenAddress?

    /// Runs until the supervisor is drained.
    /// - Parameter ready: called once jobs are taken.
    func run(ready: @escaping @Sendable (PrivateServers, Supervisor) async -> Void) async throws {
        try setup.checkJobs(diagnostics: diagnostics)
        let folder = try Self.makeFolder(folder)
        guard let lock = try FileLock(path: folder + "/lock") else {
            throw CommandFailure(
                .failed, "Another coursework dev uses the folder \(folder): stop it, or choose another --data.")
        }
        defer { withExtendedLifetime(lock) {} }
        let signing = SigningFolder(in: folder)
        if !signing.exists { try signing.make(name: "Coursework, for trying things out", years: 3) }
        let servers = try await PrivateServers.start(in: folder, on: loop)
        do {
            var environment = servers.environment.merging(["COURSEWORK_DATA": folder]) { $1 }
            environment["COURSEWORK_URL"] = listen.map { "http://\($0)" }
            try write(environment, webPassword: servers.accounts.file(of: .web), to: folder + "/env")
            try await runWorkers(on: servers, environment, folder, ready)
        } catch {
            await servers.stop()
            throw error
        }
        await servers.stop()
    }

    private func runWorkers(
        on servers: PrivateServers, _ environment: [String: String], _ folder: String,
        _ ready: @escaping @Sendable (PrivateServers, Supervisor) async -> Void
    ) async throws {
        let members = PoolMembers(
            setup: setup, diagnostics: diagnostics, environment: environment, listen: listen
        ).all
        let client = RedisClient(
            try servers.redis.configuration(as: .worker), name: "coursework-supervise", loop: loop)
        defer { client.close() }
        let supervisor = Supervisor(
            members: members, loop: loop, logger: setup.logger,
            handOver: HandOver(queues: setup.configuration.queues, client: client, logger: setup.logger))
        try Lifetime.watch(on: loop, drain: { supervisor.drain() }, hurry: { supervisor.hurry() })
        let watches = [
            watch(servers.redis.process, "redis-server", log: folder + "/redis/redis.log", supervisor),
            watch(servers.postgres.process, "PostgreSQL", log: folder + "/postgres/postgres.log", supervisor),
        ]
        defer { for watch in watches { watch.cancel() } }
        try await supervisor.run { await ready(servers, supervisor) }
    }

    /// Without one of its servers nothing here can go on.
    private func watch(
        _ process: ChildProcess, _ name: String, log: String, _ supervisor: Supervisor
    ) -> Task<Void, Never> {
        Task(executorPreference: loop) {
            let exit = await process.exit()
            guard !Task.isCancelled else { return }
            setup.logger.critical("The private \(name) ended (\(exit)): see \(log)")
            supervisor.drain()
        }
    }

    /// What a shell needs to talk to these servers: `. data/env`. With it `redis-cli --user web` signs in.
    private func write(_ environment: [String: String], webPassword: String, to file: String) throws {
        let lines =
            environment.sorted { $0.key < $1.key }.map { "export \($0.key)='\($0.value)'\n" }
            + ["export REDISCLI_AUTH=\"$(cat '\(webPassword)')\"\n"]
        do {
            try Data(lines.joined().utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw CommandFailure(.failed, "The file \(file) cannot be written: \(error)")
        }
    }

    private static func makeFolder(_ path: String) throws -> String {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        guard !absolute.contains("'"), !absolute.contains("\n") else {
            throw CommandFailure(.usage, "The path of the data folder must not contain quotes or line ends.")
        }
        do {
            try FileManager.default.createDirectory(atPath: absolute, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(.failed, "The folder \(absolute) cannot be made: \(error)")
        }
        return absolute
    }
}
