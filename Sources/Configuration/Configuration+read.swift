import Jobs
import Schedules

extension Configuration {
    static let keys = [
        "redis", "database", "outbox", "server", "lease", "queues", "pools", "policies", "schedules", "tolerance",
        "deadLetters", "audit", "encryption",
        "log", "tracing", "dataFolder", "storage", "workers",
    ]

    /// Takes over what the file says; what it leaves out keeps its default.
    mutating func read(_ file: SettingsObject, domains: [String]) {
        file.refuseUnknown(Self.keys, "a setting")
        redis = file.section("redis") ?? redis
        database = file.section("database") ?? database
        outbox = file.section("outbox") ?? outbox
        server = file.section("server") ?? server
        lease = file.section("lease") ?? lease
        queues = file.queues("queues") ?? queues
        pools = readPools(file) ?? pools
        policies = readPolicies(file)
        schedules = readSchedules(file)
        tolerance = file.section("tolerance") ?? tolerance
        deadLetters = file.section("deadLetters") ?? deadLetters
        audit = file.section("audit") ?? audit
        encryption = file.section("encryption") ?? encryption
        log = file.section("log") ?? log
        tracing = file.section("tracing") ?? tracing
        dataFolder = file.path("dataFolder") ?? dataFolder
        storage = file.section("storage") ?? storage
        sections = readSections(file, domains: domains)
    }

    private func readPools(_ file: SettingsObject) -> [String: PoolSettings]? {
        guard let object = file.object("pools") else { return nil }
        if object.members.isEmpty { file.refuse("pools", "'pools' is empty; describe at least one pool.") }
        for name in object.members.keys where QueueName(name) == nil {
            object.refuse(name, "\(shown(name)) is no name for a pool; \(QueueName.letters)")
        }
        // A pool that cannot be read still takes its place, so that the checks know there is one.
        return Dictionary(uniqueKeysWithValues: object.members.keys.map { ($0, object.section($0) ?? PoolSettings()) })
    }

    private func readPolicies(_ file: SettingsObject) -> [JobType: PolicySettings] {
        guard let object = file.object("policies") else { return [:] }
        var policies: [JobType: PolicySettings] = [:]
        for name in object.members.keys {
            let policy: PolicySettings? = object.section(name)
            guard let type = JobType(name) else {
                object.refuse(name, "\(shown(name)) is no job type; write domain.verb, such as \"email.send\".")
                continue
            }
            policies[type] = policy
        }
        return policies
    }

    private func readSchedules(_ file: SettingsObject) -> [String: Schedule] {
        guard let object = file.object("schedules") else { return [:] }
        let schedules = object.members.keys.compactMap { Schedule(reading: $0, of: object) }
        return Dictionary(uniqueKeysWithValues: schedules.map { ($0.name, $0) })
    }

    private func readSections(_ file: SettingsObject, domains: [String]) -> [String: SettingValue] {
        guard let object = file.object("workers") else { return [:] }
        object.refuseUnknown(domains, "a job domain")
        for name in object.members.keys where domains.contains(name) { object.object(name)?.refuseUnreadable() }
        return object.members
    }
}
