public import Jobs
public import Schedules

/// Everything an operator may set, read once at start and then frozen.
///
/// The defaults here are what `Config/coursework.json5` documents; a test holds the two together.
public struct Configuration: Sendable, Equatable {
    public var redis = RedisSettings()
    public var database = DatabaseSettings()
    public var outbox = OutboxSettings()
    public var server = ServerSettings()
    public var lease = LeaseSettings()
    /// Every queue there is, the most urgent first.
    public var queues: [QueueName] = ["emails", "default", "notifications", "media"]
    /// The groups of worker processes by name. The names are those of `coursework work --pool NAME`.
    public var pools: [String: PoolSettings] = [
        "main": PoolSettings(queues: ["emails", "default", "notifications"]),
        "media": PoolSettings(queues: ["media"], slots: 1),
    ]
    /// What the operator changes about single job types.
    public var policies: [JobType: PolicySettings] = [:]
    /// Jobs that are enqueued by the clock, by their names.
    public var schedules: [String: Schedule] = [:]
    public var tolerance = ToleranceSettings()
    public var deadLetters = DeadLetterSettings()
    public var audit = AuditSettings()
    public var encryption = EncryptionSettings()
    public var log = LogSettings()
    public var tracing = TracingSettings()
    public var storage = StorageSettings()
    /// Where files go when no server is set for them.
    public var dataFolder = "/var/lib/coursework"
    /// What is allowed but unwise, one sentence each, with the line where it stands.
    public internal(set) var warnings: [String] = []

    /// The sections below `workers`, which their domains decode: see ``settings(for:as:)``.
    var sections: [String: SettingValue] = [:]
    var source = Source.builtIn

    /// The built-in defaults.
    public init() {}

    /// The folder of the configuration file: relative paths in the file start there.
    public var folder: String { source.folder }
}
