// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    // Fault tests take protections out one at a time: see Protection. Nobody is served by a debug build.
    .define("BREAKABLE", .when(configuration: .debug)),
]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, resources: [Resource]? = nil,
    settings: [SwiftSetting] = []
)
    -> Target
{
    .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: strict + settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// What pkg-config knows of libxml2, less its flag for the linker.
let xmlHeaders = "-I/usr/include/libxml2"

/// The Redis functions, compiled into the program.
let functions = [
    "library", "letters", "join", "members", "enqueue", "complete", "progress", "log", "retry", "bury", "release",
    "renew", "rescue", "statistics", "push", "pause", "limits", "promote", "cancel", "announce", "schedule",
    "chain", "batch", "outgoing", "dead", "audit", "swap",
].map { Resource.embedInCode("Functions/\($0).lua") }

/// The schema of the database, compiled into the program.
let migrations = [
    "0001-effects", "0002-outbox", "0003-outbox-ends", "0004-mail", "0005-quiz", "0006-mail-warm-ups",
    "0007-certificates", "0008-videos", "0009-outbox-fingerprints",
    "0010-mail-erasures",
].map {
    Resource.embedInCode("Migrations/\($0).sql")
}

let package = Package(
    name: "coursework",
    products: [
        .executable(name: "coursework", targets: ["coursework"])
    ],
    targets: [
        // C libraries: a module map and a shim header each, imported by exactly one Swift target.
        // Hardly any has pkgConfig: hiredis.pc carries a -D flag that the package manager refuses, and those of
        // CLazyLibraries would be linked.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCMS", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CIDN2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CXML", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLinux"),
        // What most processes never use is not linked: these seven are opened at their first use.
        .target(
            name: "CLazyLibraries",
            dependencies: ["CCurl", "CIDN2", "CMicroHTTPD", "CPostgres", "CXML", "CZip", "CZlib"],
            cSettings: [.unsafeFlags([xmlHeaders])]),

        // Pure: no I/O, no C.
        library("Decimals"),
        library("Jobs", ["Logging", "PayloadSchemas"]),
        library("Logging"),
        library("Metrics"),
        library("Mustache"),
        library("PayloadSchemas"),
        library("Schedules", ["Jobs"]),

        // libcrypto: message authentication codes and signatures.
        library("Signing", ["CCrypto"]),
        // Pure: keys and signatures as JSON has them.
        library("JOSE", ["Signing"]),
        // What Redis must not read.
        library("Sealing", ["Jobs", "Platform", "Signing"]),
        library("Zlib", ["CLazyLibraries", "CZlib"]),

        // The machine and the servers.
        library("Platform", ["CLinux", "Logging"]),
        library("RedisClient", ["CHiredis", "Platform"]),
        // Who may do what at Redis: redis.acl, and the passwords of the roles.
        library(
            "RedisRoles", ["Platform", "RedisClient", "Signing"], resources: [.embedInCode("redis.acl")]),
        // What is traced, and how the spans of that get to a collector.
        library("Tracing", ["Platform"]),
        library("TraceExport", ["Curl", "Logging", "Platform", "Tracing"]),
        library("Curl", ["CCurl", "CLazyLibraries", "Platform", "Tracing"]),
        library("PostgresClient", ["CLazyLibraries", "CPostgres", "Logging", "Platform", "Tracing"]),
        library("HTTPServer", ["CLazyLibraries", "CMicroHTTPD", "Logging", "Platform", "Tracing"]),
        library("Storage", ["Curl", "Jobs", "Platform", "Signing"]),

        // Who may come in by HTTP: keys, tokens, limits.
        library(
            "Access", ["Curl", "HTTPServer", "JOSE", "Jobs", "Logging", "Platform", "RedisClient", "Signing"]),

        // The product.
        library(
            "JobQueue",
            ["Jobs", "Logging", "Metrics", "Platform", "RedisClient", "Schedules", "Sealing", "Tracing"],
            resources: functions),
        library("Database", ["Platform", "PostgresClient"], resources: migrations),
        library("EffectLedger", ["Jobs", "Platform", "PostgresClient"]),
        library(
            "Outbox",
            [
                "EffectLedger", "JobQueue", "Jobs", "Logging", "MailRecord", "Platform", "PostgresClient",
                "RedisClient",
            ]),
        // Pure: what mail servers and providers report of mail that they took.
        library("DeliveryReports"),
        library("MailRecord", ["DeliveryReports", "EffectLedger", "Jobs", "Platform", "PostgresClient"]),
        // What producers are told of job types.
        library("JobCatalog", ["HTTPServer", "Jobs", "PayloadSchemas"]),
        library("DeadLetters", ["JobQueue", "Jobs", "Platform", "RedisClient", "Sealing", "Signing"]),
        // Whose data is in Redis, and who can read it there.
        library(
            "DataProtection",
            [
                "DeadLetters", "JobQueue", "Jobs", "PayloadSchemas", "Platform", "PostgresClient", "RedisClient",
                "Sealing",
            ]),
        library("Audit", ["JobQueue", "Jobs", "Platform", "RedisClient", "Signing"]),
        library(
            "WorkerRuntime",
            [
                "Jobs", "JobQueue", "Logging", "Metrics", "Platform", "RedisClient", "Schedules", "Sealing", "Tracing",
            ]),
        library("Configuration", ["Jobs", "Logging", "Schedules"]),
        // For the tests of people who write jobs.
        library("JobTesting", ["Jobs", "Logging"]),

        // One library a job domain.
        library(
            "EmailWorker",
            [
                "CIDN2", "CLazyLibraries", "Curl", "DeliveryReports", "EffectLedger", "Jobs", "Logging", "MailRecord",
                "Mustache",
                "Platform", "PostgresClient", "Signing", "Storage", "Tracing",
            ], path: "Workers/Email"),

        library("QuizScoring", ["Decimals"], path: "Workers/Quiz/Scoring"),
        library("QuizStatistics", ["Decimals", "QuizScoring"], path: "Workers/Quiz/Statistics"),
        library(
            "QuizWorker",
            [
                "Decimals", "EffectLedger", "Jobs", "Logging", "Mustache", "Platform", "PostgresClient", "QuizScoring",
                "QuizRecord", "QuizStatistics",
            ], path: "Workers/Quiz/Grading"),
        library(
            "QuizRecord", ["Decimals", "PostgresClient", "QuizScoring", "QuizStatistics"], path: "Workers/Quiz/Record"),
        library(
            "QuizExchange", ["CLazyLibraries", "CXML", "CZip", "Decimals", "QuizScoring"],
            path: "Workers/Quiz/Exchange", settings: [.unsafeFlags(["-Xcc", xmlHeaders])]),

        // cairo, pango and others, opened when the first certificate is drawn: nothing is linked.
        .target(name: "CDrawing", path: "Workers/Certificates/CDrawing", linkerSettings: [.linkedLibrary("dl")]),
        library("CertificateTemplates", ["Configuration"], path: "Workers/Certificates/Templates"),
        library("CertificateRecord", ["Platform", "PostgresClient"], path: "Workers/Certificates/Record"),
        // Pure: what is added to a file that cairo wrote.
        library("CertificateDocument", ["Signing"], path: "Workers/Certificates/Document"),
        library(
            "CertificateDrawing", ["CDrawing", "CertificateDocument", "CertificateTemplates", "Zlib"],
            path: "Workers/Certificates/Drawing"),
        library(
            "CertificateSigning", ["CCMS", "CertificateDocument", "Curl", "Platform", "Signing"],
            path: "Workers/Certificates/Signing"),
        // Pure: Open Badges and the list of those that are revoked.
        library("CertificateBadges", ["JOSE", "Signing", "Zlib"], path: "Workers/Certificates/Badges"),

        // Programs that read what strangers sent.
        library("MediaSandbox", ["Jobs", "Logging", "Platform", "Tracing"], path: "Workers/Video/Sandbox"),

        // Pure: what a file is, and what it becomes.
        library("MediaProbe", path: "Workers/Video/Probe"),
        library("AdaptiveStreaming", ["MediaProbe"], path: "Workers/Video/Streaming"),
        library("VideoRecord", ["Jobs", "Platform", "PostgresClient"], path: "Workers/Video/Record"),
        library(
            "VideoWorker",
            [
                "AdaptiveStreaming", "Jobs", "Logging", "MediaProbe", "MediaSandbox", "Platform", "PostgresClient",
                "Signing", "Storage", "VideoRecord",
            ],
            path: "Workers/Video/Transcoding"),

        library(
            "CertificateWorker",
            [
                "CertificateBadges", "CertificateDocument", "CertificateDrawing", "CertificateRecord",
                "CertificateSigning", "CertificateTemplates", "Jobs",
                "Logging", "Mustache",
                "Platform",
                "PostgresClient", "Signing", "Storage",
            ], path: "Workers/Certificates/Issuing"),

        library(
            "DiagnosticsWorker", ["EffectLedger", "Jobs", "Logging", "Platform", "PostgresClient"],
            path: "Workers/Diagnostics"),
        // What anybody may ask for without a key: pages for a browser, and the webhook that is known by its signature.
        library(
            "PublicPages",
            [
                "CertificateBadges", "CertificateRecord", "CertificateTemplates", "DeliveryReports", "EmailWorker",
                "HTTPServer", "JOSE", "MailRecord", "Mustache", "Platform", "Reports", "Signing",
            ],
            resources: [
                "frame.html", "style.css", "certificate.html", "search.html", "achievement.html", "notice.html",
            ]
            .map { .embedInCode("Pages/\($0)") }),
        // What both the shell and the HTTP API say, and that API.
        library(
            "Reports", ["DeadLetters", "JobQueue", "Jobs", "RedisClient", "Schedules"]),
        // Pure: what a screen shows that one leaves open.
        library("LiveScreen", ["Reports"]),
        library(
            "ControlAPI",
            [
                "Audit", "DataProtection", "DeadLetters", "HTTPServer", "JobQueue", "Jobs", "Logging", "Outbox",
                "PayloadSchemas",
                "Platform", "PostgresClient", "RedisClient", "Reports", "Schedules", "Sealing", "Tracing",
            ], resources: [.embedInCode("openapi.json")]),
        // What those who watch over an installation are told.
        library(
            "Telemetry",
            [
                "HTTPServer", "JobQueue", "Jobs", "Metrics", "Platform", "PostgresClient", "RedisClient", "RedisRoles",
                "Schedules",
            ]),
        // The list of the domains.
        library(
            "Domains", ["CertificateWorker", "EmailWorker", "Jobs", "QuizWorker", "VideoWorker"],
            path: "Workers/Domains"),

        // What `coursework bench` runs; the ceiling is a C program, so that nothing of ours is in it.
        .executableTarget(
            name: "redis-ceiling", path: "Benchmarks/Ceiling", linkerSettings: [.linkedLibrary("hiredis")]),

        .executableTarget(
            name: "certificate-ceiling", dependencies: ["CDrawing"], path: "Benchmarks/CertificateCeiling",
            linkerSettings: [.linkedLibrary("m")]),

        .executableTarget(
            name: "server-ceiling", path: "Benchmarks/ServerCeiling", linkerSettings: [.linkedLibrary("microhttpd")]),

        library(
            "Benchmarks",
            [
                "Access", "CertificateDrawing", "CertificateSigning", "CertificateTemplates", "Database", "DeadLetters",
                "Decimals", "EmailWorker", "HTTPServer", "JobQueue", "Jobs", "LocalServers", "Logging", "MediaProbe",
                "Mustache", "Platform", "PostgresClient", "QuizScoring", "RedisClient", "Sealing", "VideoWorker",
                "WorkerRuntime",
            ],
            path: "Benchmarks/Suite"),

        // Private servers for development, tests and benchmarks.
        library("LocalServers", ["Platform", "PostgresClient", "RedisClient", "RedisRoles"]),

        .executableTarget(
            name: "coursework",
            dependencies: [
                "Access", "Audit", "Benchmarks", "CLazyLibraries", "CertificateDrawing", "CertificateRecord",
                "CertificateSigning",
                "CertificateTemplates", "CertificateWorker", "Configuration", "ControlAPI", "Curl", "DataProtection",
                "Database",
                "DeadLetters",
                "DeliveryReports", "DiagnosticsWorker", "Domains", "EffectLedger", "EmailWorker", "HTTPServer",
                "JobCatalog", "JobQueue", "Jobs", "LiveScreen", "LocalServers", "Logging", "MailRecord", "Mustache",
                "Outbox",
                "Platform",
                "PostgresClient", "PublicPages", "QuizExchange", "QuizRecord", "QuizScoring", "QuizStatistics",
                "RedisClient", "RedisRoles", "Reports", "Schedules", "Sealing", "Signing", "Storage", "Telemetry",
                "TraceExport", "Tracing", "VideoRecord", "VideoWorker", "WorkerRuntime",
            ], swiftSettings: strict),

        library(
            "TestSupport",
            ["LocalServers", "Logging", "Platform", "PostgresClient", "RedisClient", "RedisRoles"],
            path: "Tests/TestSupport"),
        // The Redis functions, each time without one of their protections.
        library("Mutants", ["JobQueue", "RedisClient"], path: "Tests/Mutants"),
        tests("PlatformTests", ["Logging", "Platform", "TestSupport"]),
        tests("RedisClientTests", ["Platform", "RedisClient", "TestSupport"]),
        tests("RedisRolesTests", ["JobQueue", "Jobs", "Platform", "RedisClient", "RedisRoles", "TestSupport"]),
        tests("PostgresClientTests", ["LocalServers", "Logging", "Platform", "PostgresClient", "TestSupport"]),
        tests("DatabaseTests", ["Database", "Platform", "PostgresClient", "TestSupport"]),
        tests(
            "EffectLedgerTests", ["Database", "EffectLedger", "Jobs", "Platform", "PostgresClient", "TestSupport"]),
        tests(
            "OutboxTests",
            [
                "Database", "JobQueue", "Jobs", "Logging", "Outbox", "Platform", "PostgresClient", "RedisClient",
                "TestSupport",
            ]),
        tests(
            "JobQueueTests",
            ["JobQueue", "Jobs", "Logging", "Mutants", "Platform", "RedisClient", "Schedules", "TestSupport"]),
        tests(
            "DeadLettersTests",
            ["DeadLetters", "JobQueue", "Jobs", "Mutants", "Platform", "RedisClient", "TestSupport"]),
        tests(
            "AuditTests",
            ["Audit", "JobQueue", "Jobs", "Mutants", "Platform", "RedisClient", "Signing", "TestSupport"]),
        tests(
            "WorkerRuntimeTests",
            [
                "JobQueue", "Jobs", "Logging", "Platform", "RedisClient", "Schedules", "Sealing", "TestSupport",
                "Tracing",
                "WorkerRuntime",
            ]),
        tests("ConfigurationTests", ["Configuration", "Jobs", "Logging", "Schedules"]),
        tests(
            "EmailWorkerTests",
            [
                "Configuration", "Curl", "Database", "DeliveryReports", "EmailWorker", "JobTesting", "Jobs", "Logging",
                "MailRecord", "Mustache", "Platform", "PostgresClient", "Signing", "Storage", "TestSupport",
            ]),
        // Run the built program, which lies beside the test bundle.
        library(
            "ProgramSupport", ["JobQueue", "LocalServers", "Platform", "RedisClient", "RedisRoles", "TestSupport"],
            path: "Tests/ProgramSupport"),
        tests("EndToEndTests", ["LocalServers", "ProgramSupport", "RedisRoles", "TestSupport"]),
        // The clients of other languages, each run by a program in its own.
        tests("ClientTests", ["LocalServers", "ProgramSupport", "TestSupport"]),
        tests(
            "FaultTests",
            [
                "Database", "DeadLetters", "JobQueue", "Jobs", "LocalServers", "MediaSupport", "Mutants", "Platform",
                "PostgresClient", "ProgramSupport", "RedisClient", "Signing", "TestSupport",
            ]),
        tests("LoggingTests", ["Logging", "TestSupport"]),
        tests(
            "TracingTests",
            ["Curl", "Logging", "Platform", "PostgresClient", "TestSupport", "TraceExport", "Tracing"]),
        tests("MetricsTests", ["Metrics", "TestSupport"]),
        tests(
            "TelemetryTests",
            [
                "Database", "HTTPServer", "JobQueue", "Jobs", "Logging", "Metrics", "Platform", "PostgresClient",
                "RedisClient", "Schedules", "Telemetry", "TestSupport",
            ]),
        tests("MustacheTests", ["Mustache"]),
        tests("DecimalsTests", ["Decimals"]),
        tests("QuizScoringTests", ["Decimals", "QuizScoring", "TestSupport"]),
        tests("QuizStatisticsTests", ["Decimals", "QuizScoring", "QuizStatistics", "TestSupport"]),
        tests(
            "QuizRecordTests",
            [
                "Database", "Decimals", "Platform", "PostgresClient", "QuizRecord", "QuizScoring", "QuizStatistics",
                "TestSupport",
            ]),
        tests("QuizExchangeTests", ["Decimals", "QuizExchange", "QuizScoring", "TestSupport"]),
        tests(
            "QuizWorkerTests",
            [
                "Database", "JobTesting", "Jobs", "Platform", "PostgresClient", "QuizScoring", "QuizWorker",
                "TestSupport",
            ]),
        tests("SigningTests", ["Signing", "TestSupport"]),
        tests(
            "DataProtectionTests",
            ["DataProtection", "DeadLetters", "JobQueue", "Jobs", "PayloadSchemas", "RedisClient", "TestSupport"]),
        tests("SealingTests", ["Jobs", "Platform", "Sealing"]),
        tests("JOSETests", ["JOSE", "Signing", "TestSupport"]),
        tests("ZlibTests", ["TestSupport", "Zlib"]),
        tests("StorageTests", ["Storage", "TestSupport"]),
        tests("DeliveryReportsTests", ["DeliveryReports"]),
        tests(
            "MailRecordTests",
            [
                "Database", "DeliveryReports", "EffectLedger", "Jobs", "MailRecord", "Platform", "PostgresClient",
                "TestSupport",
            ]),
        tests(
            "CertificateWorkerTests",
            [
                "CertificateBadges", "CertificateRecord", "CertificateSigning", "CertificateWorker", "Database", "JOSE",
                "JobTesting", "Jobs",
                "PostgresClient", "Signing",
                "Storage", "TestSupport",
            ]),
        // Draws what the tests of certificates look at.
        library(
            "CertificateSupport", ["CertificateDocument", "CertificateDrawing", "CertificateTemplates", "TestSupport"],
            path: "Tests/CertificateSupport"),
        tests(
            "ControlAPITests",
            [
                "Audit", "ControlAPI", "Database", "DeadLetters", "HTTPServer", "JobQueue", "Jobs", "Logging", "Outbox",
                "PayloadSchemas", "Platform", "PostgresClient", "RedisClient", "TestSupport", "Tracing",
            ]),
        tests("LiveScreenTests", ["JobQueue", "LiveScreen", "Reports"]),
        tests(
            "AccessTests",
            [
                "Access", "HTTPServer", "JOSE", "Jobs", "Logging", "Platform", "RedisClient", "Signing", "TestSupport",
            ]),
        tests("HTTPServerTests", ["HTTPServer", "Logging", "Platform", "TestSupport", "Tracing"]),
        tests(
            "PublicPagesTests",
            [
                "CertificateBadges", "CertificateRecord", "Database", "EffectLedger", "EmailWorker", "HTTPServer",
                "JOSE", "Jobs", "MailRecord", "Platform", "PostgresClient", "PublicPages", "Signing", "TestSupport",
            ]),
        tests("CertificateTemplatesTests", ["CertificateTemplates", "TestSupport"]),
        tests("CertificateDocumentTests", ["CertificateDocument", "TestSupport"]),
        .testTarget(
            name: "CertificateDrawingTests",
            dependencies: [
                "CertificateDocument", "CertificateDrawing", "CertificateSupport", "CertificateTemplates",
                "TestSupport",
            ],
            exclude: ["References"], swiftSettings: strict),
        tests(
            "CertificateSigningTests",
            [
                "CertificateDocument", "CertificateDrawing", "CertificateSigning", "CertificateSupport", "Curl",
                "Signing", "TestSupport",
            ]),
        tests("CertificateBadgesTests", ["CertificateBadges", "JOSE", "Signing", "TestSupport"]),
        tests("MediaProbeTests", ["MediaProbe"]),
        tests("AdaptiveStreamingTests", ["AdaptiveStreaming", "MediaProbe", "TestSupport"]),
        // Files that nobody should open.
        library("MediaSupport", ["Platform", "TestSupport"], path: "Tests/MediaSupport"),
        tests(
            "VideoWorkerTests",
            [
                "Database", "JobTesting", "Jobs", "MediaProbe", "MediaSandbox", "MediaSupport", "Platform",
                "PostgresClient", "Storage", "TestSupport",
                "VideoRecord", "VideoWorker",
            ]),
        tests("VideoRecordTests", ["Database", "PostgresClient", "TestSupport", "VideoRecord"]),
        tests("MediaSandboxTests", ["MediaSandbox", "Platform", "TestSupport"]),
        tests("SchedulesTests", ["Schedules", "TestSupport"]),
        tests("JobsTests", ["JobTesting", "Jobs", "Logging"]),
        tests("PayloadSchemasTests", ["JobTesting", "PayloadSchemas", "TestSupport"]),
        tests("JobCatalogTests", ["HTTPServer", "JobCatalog", "Jobs"]),
        // What the job types of all domains say of their payloads.
        tests("DomainsTests", ["Configuration", "DiagnosticsWorker", "Domains", "JobTesting", "Jobs", "TestSupport"]),
        tests("JobTestingTests", ["JobTesting", "Jobs", "Logging"]),
    ],
    swiftLanguageModes: [.v6]
)
