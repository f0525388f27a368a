import Glibc
import LocalServers
import Platform
import PostgresClient
import ProgramSupport
import TestSupport

/// The database of the effects, to be restarted and cut off.
extension Stage {
    /// A server, and the network between it and the fleet.
    struct Postgres: Sendable {
        var process: ChildProcess
        let configuration: PostgresConfiguration
        let proxy: FaultProxy<PostgresConfiguration>

        /// For the fleet.
        var url: String { "postgresql://coursework@/coursework?host=\(proxy.configuration.host ?? "")" }
    }

    /// For clients of the test's own.
    var postgresConfiguration: PostgresConfiguration? { postgres.withLock { $0?.configuration } }

    func startPostgres() async throws {
        let server = try await LocalPostgres.start(in: site.folder + "/pg", on: Program.loop)
        guard postgres.withLock({ $0 == nil }) else { return postgres.withLock { $0?.process = server.process } }
        let proxy = try FaultProxy(to: server.configuration)
        postgres.withLock { $0 = Postgres(process: server.process, configuration: server.configuration, proxy: proxy) }
        let migrated = try await site.run("migrate", environment: ["DATABASE_URL": server.url])
        guard migrated.exit == .code(0) else { throw TestFailure("migrate: \(migrated)") }
    }

    /// As if it had crashed with all its backends: `pg_ctl restart -m immediate`.
    func restartPostgres() async throws {
        await killPostgres()
        try await startPostgres()
    }

    /// For a while, some answers of the database are lost, those to COMMIT among them, and their connections end.
    func losePostgresReplies(for time: Duration) async throws {
        setPostgres(.loseEvery(7))
        try await Task.sleep(for: time)
        setPostgres(.none)
    }

    /// What befalls what the fleet and the database say to each other from now on.
    func setPostgres(_ fault: FaultProxy<PostgresConfiguration>.Fault) {
        postgres.withLock { $0?.proxy }?.set(fault)
    }

    func endPostgres() async {
        await killPostgres()
        postgres.withLock { $0 }?.proxy.stop()
    }

    private func killPostgres() async {
        guard let process = postgres.withLock({ $0?.process }), process.isRunning else { return }
        process.send(signal: SIGQUIT)
        _ = await process.exit()
    }
}
