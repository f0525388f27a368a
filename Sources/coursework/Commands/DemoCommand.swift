import Domains
import JobQueue
import Jobs
import LocalServers
import Platform
import RedisClient
import WorkerRuntime

/// `coursework demo`: one real job of every kind, and where its result lies.
struct DemoCommand: Command {
    static let name = "demo"
    static let summary = "run one real job of every kind and show where its result lies"
    static let help = """
        Starts everything in one folder, enqueues one real job of every type, waits for them, and prints
        where each result lies. Exits with 0 only if all of them were done.

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
        try await servers.run { redis, supervisor in
            outcome.complete(with: await runSamples(on: redis, loop))
            supervisor.drain()
        }
        guard outcome.value == 0 else {
            throw CommandFailure(.failed, "The demo did not succeed; the lines above say which job failed and why.")
        }
    }

    /// - Returns: how many failed.
    private func runSamples(on redis: LocalRedis, _ loop: EventLoop) async -> Int {
        let client = RedisClient(redis.configuration, name: "coursework-demo", loop: loop)
        let waiting = RedisClient(redis.configuration, name: "coursework-wait", loop: loop)
        defer {
            client.close()
            waiting.close()
        }
        var failures = 0
        for sample in jobDomains.flatMap({ $0.samples }) {
            Terminal.print("\(sample.type): \(sample.title)")
            do {
                try await run(sample, client, waiting)
            } catch {
                failures += 1
                Terminal.print("  failed: \(Terminal.printable("\(error)"))")
            }
        }
        return failures
    }

    private func run(_ sample: SampleJob, _ client: RedisClient, _ waiting: RedisClient) async throws {
        var job = NewJob(sample.type, queue: sample.queue, args: Array(sample.args.utf8))
        job.trackFor = .seconds(3600)
        let queue = JobQueue(sample.queue, client: client)
        let id = try await queue.enqueue(job)
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
