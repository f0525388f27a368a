import LocalServers
import Platform
import ProgramSupport
import RedisClient
import Synchronization
import TestSupport

/// Where a fault is played: a site with its Redis, a fleet that may lack a protection, producers with their journal, and
/// the oracle of what was done.
final class Stage: Sendable {
    let setting: Setting
    let site: Site
    let journal = EnqueueJournal()
    let redis: RedisClient
    let effectsEnqueued = Atomic(0)
    let postgres = Mutex<Postgres?>(nil)
    private let environment: [String: String]

    static func with(
        _ setting: Setting = Setting(), redis: LocalRedis.Options? = .inMemory, isClosed: Bool = true,
        postgres: Bool = false,
        without protection: Protection? = nil, _ body: (Stage) async throws -> Void
    ) async throws {
        try await Site.with(setting.json5, redis: redis, isClosed: isClosed) { site in
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

    private init(_ setting: Setting, _ site: Site, without protection: Protection?) {
        self.setting = setting
        self.site = site
        redis = Self.client(socket: site.socket, isClosed: site.isClosed)
        var environment = ["COURSEWORK_LOG_LEVEL": "notice"]
        if let protection { environment["COURSEWORK_WITHOUT"] = protection.rawValue }
        self.environment = environment
    }

    static func client(socket: String, isClosed: Bool = true) -> RedisClient {
        var configuration = RedisConfiguration(endpoint: .unix(path: socket))
        if isClosed { configuration = configuration.asInspector }
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

    private var database: [String: String] { postgres.withLock { $0.map { ["DATABASE_URL": $0.url] } ?? [:] } }

    /// Not the relay that runs beside them where there is a database.
    func workers(of supervisor: Program) -> [Int32] {
        ProcessTable.descendants(of: supervisor.processID).filter { !ProcessTable.words(of: $0).contains("relay") }
            .sorted()
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
