import Testing

@testable import Configuration

@Suite struct EnvironmentTests {
    private let file = """
        { redis: { url: "redis://file:1", passwordFile: "/secret" },
          database: { url: "postgresql://file/db", passwordFile: "/secret" }, log: { level: "error", format: "json" } }
        """

    @Test func `every variable wins over its setting`() throws {
        let configuration = try read(
            file,
            environment: [
                "REDIS_URL": "rediss://other:2", "DATABASE_URL": "postgres://other/db", "COURSEWORK_LOG_LEVEL": "debug",
                "COURSEWORK_LOG_FORMAT": "text",
                "COURSEWORK_DATA": "data", "OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector:4318/otlp",
            ])
        #expect(configuration.redis.url == "rediss://other:2")
        #expect(configuration.redis.passwordFile == "/secret")
        #expect(configuration.database.url == "postgres://other/db")
        #expect(configuration.database.passwordFile == "/secret")
        #expect(configuration.log.level == .debug)
        #expect(configuration.log.format == .text)
        #expect(configuration.dataFolder == "data")
        #expect(configuration.tracing.endpoint == "https://collector:4318/otlp")
    }

    @Test func `a password in REDIS_URL wins over the password file, without a warning`() throws {
        let configuration = try read(file, environment: ["REDIS_URL": "redis://:s3cret@other:2"])
        #expect(configuration.redis.passwordFile == nil)
        #expect(configuration.warnings.isEmpty)
    }

    @Test(arguments: ["postgresql://ada:s3cret@other/db", "postgresql:///db?host=/run&password=s3cret"])
    func `a password in DATABASE_URL wins over the password file, without a warning`(url: String) throws {
        let configuration = try read(file, environment: ["DATABASE_URL": url])
        #expect(configuration.database.passwordFile == nil)
        #expect(configuration.warnings.isEmpty)
    }

    @Test func `an empty variable counts as not set`() throws {
        #expect(
            try read(file, environment: ["REDIS_URL": "", "DATABASE_URL": "", "COURSEWORK_DATA": ""]) == read(file))
    }

    @Test(arguments: [
        ("REDIS_URL", "s3cret", "this is no Redis URL; write redis://HOST:PORT, rediss://HOST:PORT or unix:///PATH."),
        (
            "REDIS_URL", "http://:s3cret@h",
            "this is no Redis URL; write redis://HOST:PORT, rediss://HOST:PORT or unix:///PATH."
        ),
        (
            "DATABASE_URL", "mysql://:s3cret@h",
            "this is no PostgreSQL URL; write postgresql://USER@HOST:PORT/DATABASE or postgresql:///DATABASE?host=/FOLDER."
        ),
        ("COURSEWORK_LOG_LEVEL", "inof", "'inof' is not a log level; did you mean 'info'?"),
        (
            "COURSEWORK_LOG_LEVEL", "loud",
            "'loud' is not a log level; use debug, info, notice, warning, error or critical."
        ),
        ("COURSEWORK_LOG_FORMAT", "xml", "'xml' is not a log format; use auto, json or text."),
    ])
    func `a wrong value is refused with the name of its variable`(name: String, value: String, message: String) {
        #expect(complaint(about: "{}", environment: [name: value]) == "\(name): \(message)")
    }

    @Test func `mistakes of the file and of the environment are reported together`() {
        let complaint = complaint(about: "{ logs: 1 }", environment: ["COURSEWORK_LOG_FORMAT": "xml"])
        #expect(
            complaint == """
                test.json5:1: 'logs' is not a setting; did you mean 'log'?
                COURSEWORK_LOG_FORMAT: 'xml' is not a log format; use auto, json or text.
                """)
    }
}
