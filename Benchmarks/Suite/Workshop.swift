internal import Database
internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import LocalServers
public import Platform
internal import RedisClient

/// What every benchmark needs: a private Redis, the payload, other programs' output, and the clock.
public struct Workshop: Sendable {
    /// About 120 bytes, as the rivals were measured with.
    static let payload = Array(
        #"""
        {"user_id":123456,"template":"welcome","locale":"en","course":"swift-101","plan":"pro","sent_at":"2026-11-21T10:00:00Z"}
        """#.utf8)
    static let queue: QueueName = "bench"
    static let type: JobType = "diagnostics.noop"

    let folder: String
    let loop: EventLoop
    /// A tenth of the jobs, to try the suite itself out.
    let isQuick: Bool

    public init(folder: String, isQuick: Bool, loop: EventLoop) {
        self.folder = folder
        self.isQuick = isQuick
        self.loop = loop
    }

    func jobs(_ count: Int) -> Int { isQuick ? count / 10 : count }

    /// Runs the body with a Redis of its own.
    func withRedis<Value>(
        _ options: LocalRedis.Options = .withoutPersistence, _ body: (BenchRedis) async throws -> Value
    ) async throws -> Value {
        let server = try await LocalRedis.start(
            in: folder + "/\(Int.random(in: 0..<1_000_000))", options: options, on: loop)
        let redis = BenchRedis(server: server, workshop: self)
        do {
            try await FunctionLibrary(client: redis.client).ensure()
            let value = try await body(redis)
            await redis.stop()
            return value
        } catch {
            await redis.stop()
            throw error
        }
    }

    /// Runs the body beside a migrated PostgreSQL that writes to the disk as in production.
    func withPostgres(_ body: (LocalPostgres) async throws -> Void) async throws {
        let server = try await LocalPostgres.start(in: folder + "/postgres-\(Int.random(in: 0..<1_000_000))", on: loop)
        do {
            _ = try await Migrator(server.configuration, loop: loop).migrate()
            try await body(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// Runs a program and gives what it printed.
    func output(of executable: String, _ arguments: [String]) async throws -> String {
        let file = folder + "/output-\(Int.random(in: 0..<1_000_000))"
        var command = ChildProcess.Command(
            executable, arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        command.outputFile = file
        let exit = try await ChildProcess.start(command, on: loop).exit()
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        guard exit == .code(0) else {
            throw BenchmarkFailure(description: "\(executable) ended with \(exit): \(text)")
        }
        return text
    }

    /// Waits until a program that was started listens.
    func untilTaken(_ port: UInt16, by program: String) async throws {
        for _ in 1...500 {
            if LoopbackListener.isTaken(port) { return }
            await loop.sleep(for: .milliseconds(10))
        }
        throw BenchmarkFailure(description: "\(program) did not start")
    }

    func write(_ text: String, to file: String) throws { try Data(text.utf8).write(to: URL(filePath: file)) }

    /// A configuration of the benchmarks' queue alone.
    /// - Returns: its file.
    func configuration() throws -> String {
        let (file, queue) = (folder + "/coursework.json5", Self.queue.name)
        try write(#"{ queues: ["\#(queue)"], pools: { main: { queues: ["\#(queue)"] } } }"#, to: file)
        return file
    }

    static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let begin = MonotonicTime.now
        try await body()
        return MonotonicTime.now.since(begin).seconds
    }
}

extension LocalRedis.Options {
    static var withoutPersistence: LocalRedis.Options {
        var options = LocalRedis.Options()
        options.fsync = nil
        return options
    }

    static func appendOnly(fsync: String) -> LocalRedis.Options {
        var options = LocalRedis.Options()
        options.fsync = fsync
        return options
    }
}
