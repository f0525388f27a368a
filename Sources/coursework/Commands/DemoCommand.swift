import Domains
import Glibc
import JobQueue
import Jobs
import LocalServers
import Outbox
import Platform
import PostgresClient
import RedisClient
import Storage
import WorkerRuntime

/// `coursework demo`: one real job of every kind, and where its result lies.
struct DemoCommand: Command {
    static let name = "demo"
    static let summary = "run one real job of every kind and show where its result lies"
    static let actions: [String: [String]] = [:]
    static let help = """
        Starts everything in one folder, enqueues one real job of every type, the first of them once
        more through the database's outbox, waits for them, and prints where each result lies. Exits
        with 0 only if all of them were done.

        Usage: coursework demo [--data DIR] [--config FILE]

          --data DIR   the folder (default: data/demo); it is kept, so that the results can be looked at
        """

    private static let patience = Duration.seconds(120)

    private let setup: Setup
    private let folder: String

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        folder = try arguments.option("--data") ?? "data/demo"
    }

    func run() async throws {
        let loop = try EventLoop()
        let servers = DevServers(setup: setup, folder: folder, diagnostics: false, loop: loop)
        let outcome = Promise<Int>()
        try await servers.run { servers, supervisor in
            outcome.complete(with: await runSamples(on: servers, loop))
            supervisor.drain()
        }
        guard outcome.value == 0 else {
            throw CommandFailure(.failed, "The demo did not succeed; the lines above say which job failed and why.")
        }
    }

    /// - Returns: how many failed.
    private func runSamples(on servers: PrivateServers, _ loop: EventLoop) async -> Int {
        let client = RedisClient(servers.redis.configuration, name: "coursework-demo", loop: loop)
        let waiting = RedisClient(servers.redis.configuration, name: "coursework-wait", loop: loop)
        let database = PostgresClient(servers.postgres.configuration, name: "coursework-demo", loop: loop)
        defer {
            client.close()
            waiting.close()
            database.close()
        }
        let samples = jobDomains.flatMap { $0.samples }
        var failures = 0
        for sample in samples {
            Terminal.print("\(sample.type): \(sample.title)")
            failures += await attempt {
                if let file = sample.file { try await make(file, loop) }
                if let sql = sample.sql { try await database.transaction { try $0.script(sql) } }
                let id = try await JobQueue(sample.queue, client: client).enqueue(Self.job(sample))
                try await report(id, client, waiting)
            }
        }
        guard let sample = samples.first else { return failures }
        Terminal.print(
            "\(sample.type), durable: the same, by INSERT INTO coursework.outbox; the relay moves it to Redis")
        return failures
            + (await attempt {
                try await report(try await Outbox(database).enqueue(Self.job(sample)), client, waiting)
            })
    }

    /// - Returns: how many failed.
    private func attempt(_ body: () async throws -> Void) async -> Int {
        do { try await body() } catch {
            Terminal.print("  failed: \(Terminal.printable("\(error)"))")
            return 1
        }
        return 0
    }

    private func make(_ file: SampleFile, _ loop: EventLoop) async throws {
        guard let key = StorageKey(file.key) else { return }
        let path = folder + "/sample"
        var command = ChildProcess.Command(
            file.program, file.arguments.map { $0 == SampleFile.path ? path : $0 }, environment: Setup.environment)
        command.outputFile = path + ".log"
        guard try await ChildProcess.start(command, on: loop).exit() == .code(0) else {
            throw CommandFailure(.failed, "\(file.program) cannot make the sample: see \(path).log.")
        }
        let storage = try setup.storage ?? FolderStorage(root: folder + "/storage")
        try await storage.write(file: path, to: key, mediaType: file.mediaType)
        unlink(path)
        unlink(path + ".log")
    }

    private static func job(_ sample: SampleJob) -> NewJob {
        var job = NewJob(sample.type, queue: sample.queue, args: Array(sample.args.utf8))
        job.trackFor = .seconds(3600)
        return job
    }

    private func report(_ id: JobID, _ client: RedisClient, _ waiting: RedisClient) async throws {
        let queue = JobQueue(id.queue, client: client)
        guard let status = try await queue.waitForEnd(of: id, for: Self.patience, through: waiting) else {
            throw CommandFailure(.failed, "\(id) has not ended within \(Self.patience).")
        }
        guard status.state == "done" else {
            throw CommandFailure(.failed, "\(id) is \(status.state): \(status.error ?? "")")
        }
        Terminal.print("  done as \(id)")
        for line in ResultLines.of(status.result) { Terminal.print("  \(line)") }
    }
}
