import Audit
import CertificateRecord
import CertificateWorker
import ControlAPI
import HTTPServer
import JobCatalog
import Jobs
import Logging
import Outbox
import Platform
import PostgresClient
import PublicPages
import RedisClient
import Telemetry

/// All that `serve` answers, and the clients that it needs for that.
struct ServerRoutes {
    /// For `--help`: nothing is behind these.
    static var documented: [Route] {
        get throws {
            let loop = EventLoop.resting
            let redis = RedisClient(try RedisConfiguration(url: "redis://127.0.0.1"), loop: loop)
            let desk = JobDesk(
                redis: redis, outbox: nil, registry: JobRegistry(), queues: [], argsBytes: 0,
                audit: AuditDesk(AuditTrail(client: redis), requiresReason: false), loop: loop)
            return routes(
                HealthRoutes(checks: []), TelemetryRoutes(nil), CredentialPages(publisher: nil, record: nil),
                CertificatePages(record: nil),
                UnsubscribePages(tokens: nil, record: nil), SendGridWebhook(signatures: nil, record: nil),
                ControlAPI(desk, schedules: [:], logger: .silent),
                TypeRoutes([]))
        }
    }

    let all: [Route]
    private let redis: RedisClient
    private let metrics: RedisClient
    private let database: PostgresClient?
    private let control: ControlAPI

    /// - Parameter diagnostics: whether the types of diagnostics may be enqueued.
    init(setup: Setup, diagnostics: Bool, loop: EventLoop) throws {
        let setup = setup.impatient
        let redis = RedisClient(try setup.redis, name: "coursework-serve", loop: loop)
        let metrics = RedisClient(
            try setup.signingIn(as: .metrics).redis, name: "coursework-serve-metrics", loop: loop)
        let database = try setup.database.map { PostgresClient($0, name: "coursework-serve", loop: loop) }
        (self.redis, self.metrics, self.database) = (redis, metrics, database)
        let certificates = database.map { CertificateRecord($0) }
        let mail = try ServedMail(setup, database)
        let publisher = try Self.publisher(setup)
        let registry = try setup.registry(diagnostics: diagnostics, logger: .silent)
        control = ControlAPI(
            JobDesk(
                redis: redis, outbox: database.map { Outbox($0) },
                registry: registry,
                queues: setup.configuration.queues, argsBytes: setup.configuration.tolerance.argsBytes,
                audit: AuditDesk(
                    AuditTrail(client: redis), requiresReason: setup.configuration.audit.requireReason),
                loop: loop),
            schedules: setup.configuration.schedules, logger: setup.logger, eraser: PersonEraser(setup: setup))
        all = Self.routes(
            HealthRoutes(checks: Self.checks(redis, database)),
            TelemetryRoutes(
                Observatory(watched: Watched(setup.configuration), redis: metrics, database: database, loop: loop)),
            CredentialPages(publisher: publisher, record: certificates),
            CertificatePages(record: certificates, authority: publisher?.authority),
            UnsubscribePages(tokens: try mail.unsubscribeTokens, record: mail.record),
            SendGridWebhook(signatures: try mail.sendGridSignatures, record: mail.record), control,
            TypeRoutes(registry.descriptions))
    }

    func close() {
        control.stop()
        redis.close()
        metrics.close()
        database?.close()
    }

    private static func routes(
        _ health: HealthRoutes, _ telemetry: TelemetryRoutes, _ credentials: CredentialPages,
        _ certificates: CertificatePages,
        _ unsubscribing: UnsubscribePages, _ sendGrid: SendGridWebhook, _ control: ControlAPI, _ types: TypeRoutes
    ) -> [Route] {
        // Credentials first: `keys` is no code. What is asked for most comes before all.
        control.routes + types.routes + health.routes + telemetry.routes + credentials.routes
            + certificates.routes + unsubscribing.routes + sendGrid.routes
    }

    private static func checks(_ redis: RedisClient, _ database: PostgresClient?) -> [DutyCheck] {
        let redis = DutyCheck(name: "redis") { _ = try await redis.call("PING") }
        guard let database else { return [redis] }
        return [redis, DutyCheck(name: "database") { _ = try await database.query("SELECT 1") }]
    }

    /// Nil where no badges are made.
    private static func publisher(_ setup: Setup) throws -> CredentialPublisher? {
        let settings = try setup.configuration.settings(for: CertificateDomain.name, as: CertificateSettings.self)
        guard let seal = CertificateSeal(settings, setup.surroundings(logger: .silent)) else { return nil }
        do {
            return try seal.badgeAuthority().map { CredentialPublisher($0, name: settings.issuer ?? "Coursework") }
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
    }
}
