import Logging

extension Configuration {
    /// A variable that wins over the file. Set but empty counts as not set.
    public struct EnvironmentVariable: Sendable {
        public let name: String
        /// The setting it replaces, as written in the file.
        public let setting: String
        /// Takes the value over, or returns what is wrong with it and the remedy.
        let apply: @Sendable (_ value: String, _ configuration: inout Configuration) -> String?
    }

    /// Every variable that wins over a setting.
    ///
    /// | variable | replaces |
    /// |---|---|
    /// | `REDIS_URL` | `redis.url`; when it holds a password, `redis.passwordFile` as well |
    /// | `REDIS_ACCOUNTS` | `redis.accounts`; relative to the working directory |
    /// | `DATABASE_URL` | `database.url`; when it holds a password, `database.passwordFile` as well |
    /// | `COURSEWORK_URL` | `server.publicURL` |
    /// | `COURSEWORK_LOG_LEVEL` | `log.level` |
    /// | `COURSEWORK_LOG_FORMAT` | `log.format` |
    /// | `OTEL_EXPORTER_OTLP_ENDPOINT` | `tracing.endpoint` |
    /// | `COURSEWORK_DATA` | `dataFolder`; relative to the working directory |
    public static let environmentVariables: [EnvironmentVariable] = [
        EnvironmentVariable(name: "REDIS_URL", setting: "redis.url") { value, configuration in
            if let mistake = RedisSettings.mistake(inURL: value) { return mistake }
            configuration.redis.url = value
            if configuration.redis.urlHoldsPassword { configuration.redis.passwordFile = nil }
            return nil
        },
        EnvironmentVariable(name: "REDIS_ACCOUNTS", setting: "redis.accounts") { value, configuration in
            configuration.redis.accounts = value
            return nil
        },
        EnvironmentVariable(name: "DATABASE_URL", setting: "database.url") { value, configuration in
            if let mistake = DatabaseSettings.mistake(inURL: value) { return mistake }
            configuration.database.url = value
            if configuration.database.urlHoldsPassword { configuration.database.passwordFile = nil }
            return nil
        },
        EnvironmentVariable(name: "COURSEWORK_URL", setting: "server.publicURL") { value, configuration in
            if let mistake = ServerSettings.mistake(inURL: value) { return mistake }
            configuration.server.publicURL = value
            return nil
        },
        EnvironmentVariable(name: "COURSEWORK_LOG_LEVEL", setting: "log.level") { value, configuration in
            guard let level = LogLevel(value) else { return Names.logLevels.refusal(of: value, as: "a log level") }
            configuration.log.level = level
            return nil
        },
        EnvironmentVariable(name: "COURSEWORK_LOG_FORMAT", setting: "log.format") { value, configuration in
            guard let format = LogFormat(rawValue: value) else {
                return Names.logFormats.refusal(of: value, as: "a log format")
            }
            configuration.log.format = format
            return nil
        },
        EnvironmentVariable(name: "OTEL_EXPORTER_OTLP_ENDPOINT", setting: "tracing.endpoint") { value, configuration in
            if let mistake = TracingSettings.mistake(inURL: value) { return mistake }
            configuration.tracing.endpoint = value
            return nil
        },
        EnvironmentVariable(name: "COURSEWORK_DATA", setting: "dataFolder") { value, configuration in
            configuration.dataFolder = value
            return nil
        },
    ]

    mutating func apply(_ environment: [String: String], findings: Findings) {
        for variable in Self.environmentVariables {
            guard let value = environment[variable.name], !value.isEmpty else { continue }
            guard let mistake = variable.apply(value, &self) else { continue }
            findings.add(ConfigurationMistake(file: nil, line: nil, message: "\(variable.name): \(mistake)"))
        }
    }
}
