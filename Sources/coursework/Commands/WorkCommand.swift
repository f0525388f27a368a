import Configuration
import FoundationEssentials
import JobQueue
import Jobs
import Logging
import Platform
import RedisClient
import Tracing
import WorkerRuntime

/// `coursework work`: one worker process.
struct WorkCommand: Command {
    static let name = "work"
    static let summary = "run one worker process of a pool"
    static let actions: [String: [String]] = [:]
    static let help = """
        Runs one worker process until it is told to stop.

        Usage: coursework work [--pool NAME] [OPTIONS]

          --pool NAME      the pool of the configuration whose queues it serves (default: main)
          --slots N        jobs to run at once, instead of the pool's number
          --queues A,B     queues to serve, most urgent first, instead of the pool's
          --solo           take only jobs that may have taken their workers down, one at a time, and end
                           when there is none; workers start such a process by themselves
          --diagnostics    also know the jobs diagnostics.noop, .sleep, .fail, .crash and others
          --config FILE    the configuration

        SIGTERM or Ctrl-C: no new jobs; running ones finish within the pool's drain time, the rest is
        handed back with its attempts unchanged. A second signal hands running jobs back at once.
        """

    private let setup: Setup
    private let poolName: String
    private let pool: PoolSettings
    private let slots: Int?
    private let queues: [QueueName]?
    private let isSolo: Bool
    private let diagnostics: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).signingIn(as: .worker)
        poolName = try arguments.option("--pool") ?? "main"
        slots = try arguments.option("--slots").map { text in
            guard let slots = Int(text), (1...10_000).contains(slots) else {
                throw CommandFailure(.usage, "--slots must be a number from 1 to 10000.")
            }
            return slots
        }
        queues = try arguments.option("--queues").map(Self.queues)
        isSolo = arguments.flag("--solo")
        diagnostics = arguments.flag("--diagnostics")
        guard let pool = setup.configuration.pools[poolName] else {
            let names = setup.configuration.pools.keys.sorted().joined(separator: ", ")
            throw CommandFailure(
                .configuration, "There is no pool '\(poolName)' in the configuration; there is \(names).")
        }
        self.pool = pool
    }

    func run() async throws {
        let logger = setup.logger.with([("pool", .string(poolName))])
        let loop = try EventLoop()
        let registry = try setup.registry(
            diagnostics: diagnostics, services: try setup.services(on: loop), logger: logger)
        let identity = try Identity(isSolo: isSolo)
        try await setup.withTracer("work", on: loop) { tracer in
            try await run(tracer, on: loop, registry, identity, logger)
        }
        Readiness.announceStopping()
        withExtendedLifetime(identity) {}
    }

    private func run(
        _ tracer: Tracer?, on loop: EventLoop, _ registry: JobRegistry, _ identity: Identity, _ logger: Logger
    ) async throws {
        var options = try options
        options.tracer = tracer
        let client = RedisClient(options.redis, name: "coursework-hand-over", loop: loop)
        defer { client.close() }
        let handOver = HandOver(queues: options.queues, client: client, logger: logger)
        let makeSolo: @Sendable () -> Supervisor = { self.makeSolo(on: loop, handOver, logger) }
        let worker = Worker(
            id: identity.id, options: options, registry: registry, loop: loop, logger: logger,
            makeSolo: isSolo ? nil : makeSolo)
        try Lifetime.watch(on: loop, drain: { worker.drain() }, hurry: { worker.hurry() })
        try Orphan.endWithParent(on: loop) { worker.drain() }
        try await worker.run {
            Readiness.announce()
            Task(executorPreference: loop) {
                if let solo = identity.predecessorsSolo { await handOver.handBack(of: solo) }
                if let predecessor = identity.predecessor { await handOver(from: predecessor) }
            }
        }
    }

    /// A worker like this one, for the jobs that must run alone; again and again while it goes down with them.
    private func makeSolo(on loop: EventLoop, _ handOver: HandOver, _ logger: Logger) -> Supervisor {
        var arguments = ["work", "--pool", poolName, "--solo"]
        if let queues { arguments += ["--queues", queues.map(\.name).joined(separator: ",")] }
        arguments += setup.ownOptions
        if diagnostics { arguments.append("--diagnostics") }
        var member = Supervisor.Member(
            name: "solo worker \(poolName)", command: OwnProgram.command(arguments),
            patience: pool.drain + .seconds(3))
        member.endsByItself = true
        return Supervisor(members: [member], loop: loop, logger: logger, handOver: handOver)
    }

    private var options: WorkerOptions {
        get throws {
            let configuration = setup.configuration
            var options = WorkerOptions(redis: try setup.redis, queues: queues ?? pool.queues)
            options.pool = poolName
            options.version = Coursework.version
            options.slots = slots ?? pool.slots
            options.drain = pool.drain
            options.lease = configuration.lease.duration
            options.renewEvery = configuration.lease.renewEvery
            options.rescueEvery = configuration.lease.rescueEvery
            options.schedules = configuration.schedules.values.sorted { $0.name < $1.name }
            options.argsBytesLimit = configuration.tolerance.argsBytes
            options.unknownTypeLimit = configuration.tolerance.unknownTypeFor
            options.tolerance.crashes = configuration.tolerance.crashes
            options.tolerance.interruptions = configuration.tolerance.interruptions
            options.tolerance.leaseLosses = configuration.tolerance.leaseLosses
            options.keepDeadLettersFor = configuration.deadLetters.keepFor
            options.isSolo = isSolo
            if queues == nil, case .weighted(let weights) = pool.order { options.order = .weighted(weights) }
            return options
        }
    }

    private static func queues(_ text: String) throws -> [QueueName] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        guard Set(names).count == names.count else { throw CommandFailure(.usage, "--queues names a queue twice.") }
        return try names.map { try Setup.queueName(String($0)) }
    }
}
