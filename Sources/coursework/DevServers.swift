import Configuration
import FoundationEssentials
import Jobs
import LocalServers
import Logging
import Platform
import RedisClient
import WorkerRuntime

/// Everything at once in one folder: the private servers, and the worker processes of all pools on them.
struct DevServers {
    let setup: Setup
    let folder: String
    let diagnostics: Bool
    let loop: EventLoop

    /// Runs until the supervisor is drained.
    /// - Parameter ready: called once jobs are taken.
    func run(ready: @escaping @Sendable (LocalRedis, Supervisor) async -> Void) async throws {
        let folder = try Self.makeFolder(folder)
        guard let lock = try FileLock(path: folder + "/lock") else {
            throw CommandFailure(
                .failed, "Another coursework dev uses the folder \(folder): stop it, or choose another --data.")
        }
        defer { withExtendedLifetime(lock) {} }
        let redis = try await LocalRedis.start(in: folder + "/redis", on: loop)
        do {
            try writeEnvironment(redis, folder)
            try await runWorkers(on: redis, folder, ready)
        } catch {
            await redis.stop()
            throw error
        }
        await redis.stop()
    }

    private func runWorkers(
        on redis: LocalRedis, _ folder: String, _ ready: @escaping @Sendable (LocalRedis, Supervisor) async -> Void
    ) async throws {
        let members = PoolMembers(
            setup: setup, diagnostics: diagnostics,
            environment: ["REDIS_URL": redis.url, "COURSEWORK_DATA": folder]
        ).all
        let client = RedisClient(redis.configuration, name: "coursework-supervise", loop: loop)
        defer { client.close() }
        let supervisor = Supervisor(
            members: members, loop: loop, logger: setup.logger,
            handOver: HandOver(queues: setup.configuration.queues, client: client, logger: setup.logger))
        try Lifetime.watch(on: loop, drain: { supervisor.drain() }, hurry: { supervisor.hurry() })
        let watch = Task(executorPreference: loop) {
            // Without its Redis nothing here can go on.
            let exit = await redis.process.exit()
            guard !Task.isCancelled else { return }
            setup.logger.critical("The private redis-server ended (\(exit)): see \(folder)/redis/redis.log")
            supervisor.drain()
        }
        defer { watch.cancel() }
        try await supervisor.run { await ready(redis, supervisor) }
    }

    /// What a shell needs to talk to these servers: `. data/env`.
    private func writeEnvironment(_ redis: LocalRedis, _ folder: String) throws {
        let text = "export REDIS_URL='\(redis.url)'\nexport COURSEWORK_DATA='\(folder)'\n"
        do {
            try Data(text.utf8).write(to: URL(filePath: folder + "/env"), options: .atomic)
        } catch {
            throw CommandFailure(.failed, "The file \(folder)/env cannot be written: \(error)")
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
