import Foundation
import Glibc
import JobQueue
import Jobs
import LocalServers
import Platform
import PostgresClient
import ProgramSupport
import RedisClient
import Synchronization
import TestSupport

/// Where a fault is played: a site with its Redis, a fleet that may lack a protection, producers with their journal, and
/// the oracle of what was done.
final class Stage: Sendable {
    /// The fleet's configuration; times are short, and the bars scale with them.
    struct Setting: Sendable {
        var lease = Duration.seconds(1)
        var processes = 2
        var slots = 8
        var drain = Duration.seconds(2)
        var queues = ["default"]

        var renewEvery: Duration { lease / 5 }
        var tick: Duration { min(lease / 10, .milliseconds(200)) }

        var json5: String {
            let queues = queues.map { "\"\($0)\"" }.joined(separator: ", ")
            return """
                {
                    queues: [\(queues)],
                    outbox: { pollEvery: "100ms", checkAfter: "\(lease.milliseconds)ms",
                              checkAtLeastEvery: "\(lease.milliseconds)ms" },
                    lease: { duration: "\(lease.milliseconds)ms", renewEvery: "\(renewEvery.milliseconds)ms",
                             rescueEvery: "\(tick.milliseconds)ms" },
                    pools: { main: { queues: [\(queues)], slots: \(slots), processes: \(processes),
                                     drain: "\(drain.milliseconds)ms" } },
                }
                """
        }
    }

    let setting: Setting
    let site: Site
    let journal = EnqueueJournal()
    let redis: RedisClient
    private let environment: [String: String]
    let effectsEnqueued = Atomic(0)
    private let postgres = Mutex<LocalPostgres?>(nil)

    static func with(
        _ setting: Setting = Setting(), redis: LocalRedis.Options? = .inMemory, postgres: Bool = false,
        without protection: Protection? = nil, _ body: (Stage) async throws -> Void
    ) async throws {
        try await Site.with(setting.json5, redis: redis) { site in
            let stage = Stage(setting, site, without: protection)
            defer { stage.redis.close() }
            if postgres { try await stage.startPostgres() }
            do { try await body(stage) } catch {
                await stage.endPostgres()
                throw error
            }
            await stage.endPostgres()
        }
    }

    // MARK: PostgreSQL

    private func startPostgres() async throws {
        let isNew = postgres.withLock { $0 == nil }
        let server = try await LocalPostgres.start(in: site.folder + "/pg", on: Program.loop)
        postgres.withLock { $0 = server }
        guard isNew else { return }
        let migrated = try await site.run("migrate", environment: ["DATABASE_URL": server.url])
        guard migrated.exit == .code(0) else { throw TestFailure("migrate: \(migrated)") }
    }

    /// As if it had crashed with all its backends: `pg_ctl restart -m immediate`.
    func restartPostgres() async throws {
        await endPostgres()
        try await startPostgres()
    }

    private func endPostgres() async {
        guard let process = postgres.withLock({ $0?.process }), process.isRunning else { return }
        process.send(signal: SIGQUIT)
        _ = await process.exit()
    }

    private init(_ setting: Setting, _ site: Site, without protection: Protection?) {
        self.setting = setting
        self.site = site
        redis = Self.client(socket: site.socket)
        var environment = ["COURSEWORK_LOG_LEVEL": "notice"]
        if let protection { environment["COURSEWORK_WITHOUT"] = protection.rawValue }
        self.environment = environment
    }

    static func client(socket: String) -> RedisClient {
        var configuration = RedisConfiguration(endpoint: .unix(path: socket))
        configuration.reconnectCap = .milliseconds(50)
        configuration.connectTimeout = .seconds(2)
        configuration.commandTimeout = .seconds(2)
        return RedisClient(configuration, name: "fault-test", loop: Program.loop)
    }

    // MARK: The fleet

    /// Starts a supervisor and waits until all its workers take jobs.
    func supervise(_ more: [String: String] = [:]) async throws -> Program {
        let supervisor = try await start("supervise", [], more)
        try await supervisor.errors.count(of: #""message":"ready""#, reaches: setting.processes)
        return supervisor
    }

    /// Starts one worker that nobody supervises, and waits until it takes jobs.
    func work(slots: Int? = nil, _ more: [String: String] = [:]) async throws -> Program {
        let worker = try await start("work", slots.map { ["--slots", "\($0)"] } ?? [], more)
        _ = try await worker.errors.first(containing: #""message":"ready""#)
        return worker
    }

    /// Starts a relay and waits until it moves rows.
    func relay() async throws -> Program {
        let relay = try await site.start(
            program: Product.command, ["relay"], environment: environment.merging(database) { _, new in new })
        _ = try await relay.errors.first(containing: #""message":"relay ready""#)
        return relay
    }

    func start(_ command: String, _ words: [String] = [], _ more: [String: String] = [:]) async throws -> Program {
        try await site.start(
            program: Product.command, [command, "--diagnostics"] + words,
            environment: environment.merging(database) { _, new in new }.merging(more) { _, new in new })
    }

    /// For clients of the test's own.
    var postgresConfiguration: PostgresConfiguration? { postgres.withLock { $0?.configuration } }

    private var database: [String: String] { postgres.withLock { $0.map { ["DATABASE_URL": $0.url] } ?? [:] } }

    /// Not the relay that runs beside them where there is a database.
    func workers(of supervisor: Program) -> [Int32] {
        ProcessTable.descendants(of: supervisor.processID).filter { !ProcessTable.words(of: $0).contains("relay") }
            .sorted()
    }

    // MARK: Jobs

    /// Stores so many journal jobs, each as long as it is told.
    func enqueue(
        _ count: Int, named prefix: String = "k", more: String = "", milliseconds: (Int) -> Double
    ) async {
        let jobs = (0..<count).map { job("\(prefix)\($0)", milliseconds: milliseconds($0), more: more) }
        let answers = await JobQueue(.default, client: redis).enqueue(contentsOf: jobs)
        for (index, answer) in answers.enumerated() { journal.note("\(prefix)\(index)", Self.reading(answer)) }
    }

    func job(_ key: String, milliseconds: Double, more: String = "") -> NewJob {
        NewJob(
            "diagnostics.journal", queue: .default,
            args: Array(#"{"key":"\#(key)","milliseconds":\#(milliseconds)\#(more)}"#.utf8))
    }

    /// Enqueues jobs one by one at a pace for a time, and writes down what it is told; Redis may come and go.
    func produce(
        perSecond: Int, for time: Duration, named prefix: String = "p", milliseconds: Double, more: String = ""
    ) async {
        let queue = JobQueue(.default, client: redis)
        let (begun, producers) = (MonotonicTime.now, 16)
        await withDiscardingTaskGroup { group in
            for producer in 0..<producers {
                group.addTask {
                    var number = producer
                    while MonotonicTime.now.since(begun) < time {
                        let key = "\(prefix)\(number)"
                        let job = self.job(key, milliseconds: milliseconds, more: more)
                        do throws(RedisError) {
                            self.journal.note(key, Self.reading(.success(try await queue.enqueue(job))))
                        } catch {
                            self.journal.note(key, Self.reading(.failure(error)))
                        }
                        number += producers
                        let next = begun + .seconds(Double(number) / Double(perSecond))
                        if next > .now { try? await Task.sleep(for: next.since(.now)) }
                    }
                }
            }
        }
    }

    static func reading(_ answer: Result<JobID, RedisError>) -> EnqueueJournal.Answer {
        switch answer {
        case .success: .acked
        case .failure(let error): error.mayHaveExecuted ? .unknown : .refused
        }
    }

    // MARK: The oracle

    var executions: Executions { Executions(file: site.dataFolder + "/journal") }

    /// Waits until the queue holds no job any more.
    /// - Returns: false when it still does.
    func settle(within limit: Duration) async throws -> Bool {
        let end = MonotonicTime.now + limit
        while MonotonicTime.now < end {
            if try await stored == 0 { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Jobs that wait or run.
    var stored: Int {
        get async throws {
            let script = "return redis.call('XLEN', KEYS[1]) + redis.call('ZCARD', KEYS[1] .. ':later')"
            return try await redis.call("EVAL", script, "1", "cw:{default}").integer ?? 0
        }
    }

    /// Waits for all jobs, and says what became of them.
    func check(_ verdict: inout Verdict, within limit: Duration) async throws -> Checker {
        let isSettled = try await settle(within: limit)
        let dump = try await QueueDump(from: redis)
        verdict.expect(isSettled, "\(dump.live) jobs were not done \(limit) later, \(dump.held.count) of them held")
        // Where workers are still at it, what is done is read last, so that no job is missed between two places.
        let live = isSettled ? [] : try await liveKeys()
        let checker = Checker(
            acked: journal.keys(.acked), unknown: journal.keys(.unknown), executions: executions, dump: dump, live: live
        )
        checker.judge(&verdict)
        return checker
    }

    /// The keys of the jobs that are still in the stream.
    private func liveKeys() async throws -> Set<String> {
        let script = """
            local keys = {}
            for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
                for at = 1, #entry[2], 2 do
                    if entry[2][at] == 'args' then keys[#keys + 1] = cjson.decode(entry[2][at + 1]).key end
                end
            end
            return keys
            """
        return Set(try await redis.call("EVAL", script, "1", "cw:{default}").elements.compactMap(\.string))
    }

    // MARK: The end

    /// Tells a program to drain.
    func drain(_ program: Program, _ verdict: inout Verdict) async throws {
        let ended = try await program.end()
        verdict.expect(ended.exit == .code(0), "it ended with \(ended.exit): \(ended.errors.suffix(500))")
    }

    /// Tells the last program to drain; after that nobody holds a lease, and nothing of the fleet runs any more.
    func end(_ program: Program, _ verdict: inout Verdict) async throws {
        try await drain(program, &verdict)
        try await checkNothingHeld(&verdict)
        verdict.expect(orphans.isEmpty, "processes outlived their supervisor: \(orphans)")
    }

    func checkNothingHeld(_ verdict: inout Verdict) async throws {
        let held = try await QueueDump(from: redis).held
        verdict.expect(held.isEmpty, "\(held.count) leases are held after the exit")
    }

    /// Processes of this stage's fleet, wherever they hang in the tree.
    var orphans: [Int32] { ProcessTable.processes(withVariable: Site.dataVariable, site.dataFolder) }
}
