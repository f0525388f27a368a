import Audit
import Configuration
import DiagnosticsWorker
import Domains
import EffectLedger
import FoundationEssentials
import Jobs
import Logging
import Platform
import PostgresClient
import RedisClient
import RedisRoles
import Storage

/// The configuration, and what is made from it: where every command begins.
struct Setup {
    static let environment = ProcessInfo.processInfo.environment

    let configuration: Configuration
    /// The file the configuration was read from; nil for the built-in defaults.
    let file: String?

    /// What `--log-level` says; it stands in the configuration as well.
    private let logLevel: LogLevel?

    /// What a process that this one starts is told, so that it does as this one does.
    var ownOptions: [String] {
        (file.map { ["--config", $0] } ?? []) + (logLevel.map { ["--log-level", $0.name] } ?? [])
    }

    /// What a command finds out that belongs into the audit trail.
    let note = AuditNote()

    /// What commands go through in place of Redis; nil for Redis itself.
    let server: ServerAddress?

    /// How long Redis and the database may take to answer.
    var commandTimeout = Duration.seconds(5)

    /// As whom this program signs in to Redis, where the configuration has accounts.
    var role = RedisRole.operator

    func signingIn(as role: RedisRole) -> Setup {
        var setup = self
        setup.role = role
        return setup
    }

    /// For a command that a person waits for.
    var impatient: Setup {
        var setup = self
        setup.commandTimeout = .seconds(2)
        return setup
    }

    init(_ arguments: inout Arguments) throws {
        file = Configuration.locate(option: try arguments.option("--config"), environment: Self.environment)
        logLevel = try arguments.option("--log-level").map(Self.logLevel)
        var configuration = try Configuration.load(
            file: file, environment: Self.environment, domains: jobDomains.map { $0.name })
        configuration.log.level = logLevel ?? configuration.log.level
        self.configuration = configuration
        server = try ServerAddress(&arguments, environment: Self.environment)
    }

    private static func logLevel(_ name: String) throws -> LogLevel {
        guard let level = LogLevel(name) else {
            let names = LogLevel.allCases.map(\.name).joined(separator: ", ")
            throw CommandFailure(.usage, "--log-level must be one of \(names).")
        }
        return level
    }

    /// A job type by its name, whether or not this program has it.
    func type(named name: String) throws -> JobType {
        guard let type = JobType(name) else {
            throw CommandFailure(
                .usage, "'\(Terminal.printable(name))' is no job type: write domain.verb, for example email.send.")
        }
        return type
    }

    static func queueName(_ text: String) throws -> QueueName {
        guard let queue = QueueName(text) else {
            throw CommandFailure(
                .usage, "'\(Terminal.printable(text))' is no queue name: use lower-case letters, digits, _ and -.")
        }
        return queue
    }

    /// Where jobs of a type usually go.
    func queue(of type: JobType) throws -> QueueName {
        try registry(diagnostics: true, logger: .silent)[type]?.queue ?? .default
    }

    /// A queue of the configuration.
    func queue(named name: String) throws -> QueueName {
        let queue = try Self.queueName(name)
        // A server has another configuration, and says so itself.
        guard server != nil || configuration.queues.contains(queue) else {
            throw CommandFailure.noQueue(name, known: configuration.queues.map(\.name))
        }
        return queue
    }

    var redis: RedisConfiguration {
        get throws {
            try refuseServer()
            var redis = try RedisConfiguration(url: configuration.redis.url)
            redis.commandTimeout = commandTimeout
            if let file = configuration.redis.passwordFile { redis.password = Secret(try Self.password(in: file)) }
            redis.companion = Companion(try vault)
            guard let folder = configuration.redis.accounts else { return redis }
            return try RedisAccounts(folder: folder).signIn(as: role, to: redis)
        }
    }

    /// Nil when none is configured.
    var database: PostgresConfiguration? {
        get throws {
            try refuseServer()
            guard let url = configuration.database.url else { return nil }
            var database = try PostgresConfiguration(url: url)
            database.connections = configuration.database.connections
            database.waitTimeout = commandTimeout
            if let file = configuration.database.passwordFile {
                database.password = Secret(try Self.password(in: file))
            }
            return database
        }
    }

    /// Whoever names a server means nothing that is beside it.
    private func refuseServer() throws {
        guard server != nil else { return }
        throw CommandFailure(
            .usage, "This is not to be had through a server: leave out --server, and \(ServerAddress.variable).")
    }

    /// What the domains of this process share. Nothing is connected to before it is used.
    func services(on loop: EventLoop) throws -> SharedServices {
        var services = SharedServices()
        if let storage = try storage { services[(any ObjectStorage).self] = storage }
        guard let database = try database else { return services }
        let client = PostgresClient(database, loop: loop)
        services[PostgresClient.self] = client
        services[EffectLedger.self] = EffectLedger(client)
        return services
    }

    var logger: Logger {
        let sink: StandardErrorLog =
            switch configuration.log.format {
            case .auto: .automatic
            case .json: StandardErrorLog(.json)
            case .text: StandardErrorLog(.text)
            }
        return Logger(level: configuration.log.level, sink: sink)
    }

    /// All job types this program knows, under the rules of the configuration.
    /// - Parameter services: not needed by those who only ask which types there are.
    func registry(
        diagnostics: Bool, services: SharedServices = SharedServices(), logger: Logger
    ) throws -> JobRegistry {
        var registry = JobRegistry()
        let surroundings = surroundings(services: services, logger: logger)
        for domain in jobDomains { try register(domain, in: &registry, surroundings) }
        if diagnostics { DiagnosticsJobs.register(in: &registry, surroundings: surroundings) }
        try configuration.check(against: registry)
        for (type, policy) in configuration.policies {
            guard let job = registry[type] else { continue }
            registry.adjust(
                type, retryPolicy: policy.adjusted(job.retryPolicy), deadline: policy.deadline, limitRule: policy.limit)
        }
        return registry
    }

    /// What every worker checks at its start: the settings of the domains, and what the configuration says of job types.
    func checkJobs(diagnostics: Bool) throws {
        _ = try registry(diagnostics: diagnostics, logger: .silent)
    }

    /// What a domain finds around it.
    func surroundings(services: SharedServices = SharedServices(), logger: Logger) -> Surroundings {
        Surroundings(
            environment: Self.environment, dataFolder: configuration.dataFolder,
            configurationFolder: configuration.folder, publicURL: configuration.server.publicURL, services: services,
            logger: logger)
    }

    private func register<Domain: JobDomain>(
        _ domain: Domain.Type, in registry: inout JobRegistry, _ surroundings: Surroundings
    ) throws {
        let settings = try configuration.settings(for: domain.name, as: Domain.Settings.self)
        do {
            try domain.register(in: &registry, settings: settings, surroundings: surroundings)
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
    }

    static func password(in file: String) throws -> String {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        } catch {
            throw CommandFailure(.configuration, "The password file \(file) cannot be read; check its path and owner.")
        }
    }
}
