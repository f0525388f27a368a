import Database
import JobQueue
import Jobs
import Metrics
import Platform
import PostgresClient
import RedisClient
import TestSupport
import Testing

@testable import Telemetry

@Suite("What is told of an installation", .timeLimit(.minutes(2)))
struct ScrapeTests {
    @Test func `a real Prometheus reads it, and computes with it`() async throws {
        try await withRedis { redis in
            try await Self.populate(redis)
            try await WatchingServer.with(redis.configuration, on: redis.loop) { server in
                try await PrometheusServer.with(scraping: server.port, on: redis.loop) { prometheus in
                    try await eventually("it has scraped") {
                        if let complaint = try await prometheus.complaint() { throw TestFailure(complaint) }
                        return try await prometheus.value(of: "coursework_redis_up") == "1"
                    }
                    let values = [
                        (#"coursework_jobs_total{queue="emails",type="email.send",outcome="done"}"#, "40"),
                        (#"coursework_queue_jobs{queue="emails",state="ready"}"#, "3"),
                        ("sum(coursework_workers)", "2"),
                        // Of 40 attempts 30 waited 1 ms at most, and 10 between 50 and 100 ms.
                        (
                            "histogram_quantile(0.5, coursework_job_wait_seconds_bucket) <= 0.001 ",
                            "0.0006666666666666666"
                        ),
                        ("coursework_job_wait_seconds_count", "40"),
                        (#"coursework_breaker_workers{breaker="mail",state="open"}"#, "1"),
                        ("coursework_build_info", "1"),
                    ]
                    for (expression, expected) in values {
                        try await eventually("\(expression) is \(expected)") {
                            // On a busy machine they would be forgotten before Prometheus has looked.
                            try await Self.announceWorkers(redis)
                            return try await prometheus.value(of: expression) == expected
                        }
                    }
                    // Alerts as shipped are watched: this pool has no worker.
                    try await eventually("the alert is pending") {
                        try await prometheus.value(of: #"ALERTS{alertname="CourseworkNoWorker",pool="media"}"#) == "1"
                    }
                }
            }
        }
    }

    @Test func `promtool finds no fault in the page, and the page has every metric`() async throws {
        try await withRedis { redis in
            try await withPostgres { postgres in
                try await Self.populate(redis)
                _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
                try await postgres.client.query(
                    "INSERT INTO coursework.outbox (queue, type, created_at) VALUES ('emails', 'a.b', now() - interval '1 h')"
                )
                try await WatchingServer.with(
                    redis.configuration, database: postgres.client, on: redis.loop
                ) { server in
                    let answer = try await server.get("/metrics")
                    #expect(
                        answer.status == 200 && answer["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
                    try await Tool("/usr/bin/promtool").run("check", "metrics", input: Array(answer.body.utf8))
                    let lines = answer.body.split(separator: "\n")
                    for metric in CourseworkMetrics.all where metric.name != "coursework_redis_memory_limit_bytes" {
                        for name in metric.seriesNames {
                            #expect(lines.contains { $0.hasPrefix(name + "{") || $0.hasPrefix(name + " ") }, "\(name)")
                        }
                    }
                    #expect(lines.contains(#"coursework_outbox_rows{queue="emails"} 1"#))
                    #expect(lines.contains { $0.hasPrefix(#"coursework_outbox_oldest_seconds{queue="emails"} 360"#) })
                    #expect(lines.contains(#"coursework_outbox_rows{queue="media"} 0"#))
                    #expect(lines.contains(#"coursework_workers{pool="other"} 1"#))
                    let open = try await server.get("/metrics", fields: "Accept: application/openmetrics-text\r\n")
                    #expect(open["content-type"]?.hasPrefix("application/openmetrics-text") == true)
                    #expect(open.body.hasSuffix("# EOF\n"))
                }
            }
        }
    }

    @Test func `a Redis that hangs is down, and the answer comes all the same`() async throws {
        try await withPrivateRedis { redis in
            try await WatchingServer.with(redis.configuration, on: redis.loop) { server in
                #expect(try await server.metrics().contains("coursework_redis_up 1"))
                redis.freeze()
                // The page before is shown for a second; then everything is asked for two, all of it at once.
                try await eventually("it is down") { try await server.metrics().contains("coursework_redis_up 0") }
                let lines = try await server.metrics()
                #expect(lines.contains(#"coursework_build_info{version="1.2.3"} 1"#))
                #expect(lines.contains(#"coursework_pool_processes{pool="main"} 1"#))
                #expect(!lines.contains { $0.hasPrefix("coursework_queue_") || $0.hasPrefix("coursework_workers") })
                let scale = try await server.get("/v1/scale")
                #expect(scale.status == 503 && scale["content-type"] == "application/problem+json")
                redis.thaw()
                try await eventually("it is back") { try await server.metrics().contains("coursework_redis_up 1") }
            }
        }
    }

    @Test func `a database that hangs holds up nothing`() async throws {
        try await withRedis { redis in
            try await withPrivatePostgres { postgres in
                let client = postgres.newClient {
                    ($0.connections, $0.waitTimeout) = (1, .seconds(60))
                }
                defer { client.close() }
                let backend: Int = try #require(try await client.query("SELECT pg_backend_pid() AS id").first)["id"]
                try await WatchingServer.with(redis.configuration, database: client, on: redis.loop) { server in
                    // A database without tables is up.
                    #expect(try await server.metrics().contains("coursework_database_up 1"))
                    postgres.freeze(backend: backend)
                    defer { postgres.thaw(backend: backend) }
                    try await eventually("it is down") {
                        try await server.metrics().contains("coursework_database_up 0")
                    }
                    #expect(try await server.metrics().contains("coursework_redis_up 1"))
                }
            }
        }
    }

    @Test func `a crowd that asks makes Redis work once a second`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            try await WatchingServer.with(redis.configuration, on: redis.loop) { server in
                try await withThrowingTaskGroup { group in
                    for _ in 0..<50 { group.addTask { _ = try await server.get("/metrics") } }
                    try await group.waitForAll()
                }
                let statistics = try await client.call("INFO", "commandstats").string ?? ""
                let calls = statistics.firstMatch(of: #/cmdstat_info:calls=(\d+)/#).flatMap { Int($0.1) } ?? 0
                #expect((1...10).contains(calls), "50 scrapes asked \(calls) times")
            }
        }
    }

    @Test func `a key that is no queue hides no other`() async throws {
        try await withRedis { redis in
            _ = try await redis.client.call("SET", "cw:{media}", "text")
            try await WatchingServer.with(redis.configuration, on: redis.loop) { server in
                let lines = try await server.metrics()
                #expect(lines.contains("coursework_redis_up 1"))
                #expect(lines.contains(#"coursework_queue_jobs{queue="emails",state="ready"} 0"#))
                #expect(!lines.contains { $0.hasPrefix(#"coursework_queue_jobs{queue="media""#) })
            }
        }
    }

    @Test func `tells autoscalers how many workers a pool should have`() async throws {
        try await withRedis { redis in
            try await Self.populate(redis)
            let old = try await RedisServer(client: redis.client).now() - 60_000
            _ = try await redis.client.call("XADD", "cw:{media}", "\(old)-0", "type", "a.b", "args", "{}")
            try await WatchingServer.with(redis.configuration, on: redis.loop) { server in
                let answer = try await server.get("/v1/scale")
                #expect(answer.status == 200 && answer["content-type"] == "application/json")
                let words = [
                    #""main":{"max":8,"min":1,"queues":["emails"],"ready":3,"target_seconds":5,"#, #""wanted":1"#,
                    #""workers":1}"#, #""media":{"max":1,"min":1,"#, #""workers":0}"#,
                ]
                for word in words { #expect(answer.body.contains(word), "\(answer.body)") }
                // What KEDA's metrics-api scaler reads with valueLocation pools.main.wanted.
                #expect(answer.body.hasPrefix(#"{"pools":{"main":{"#))
            }
        }
    }

    /// One of everything.
    private static func populate(_ redis: TestRedis) async throws {
        let (client, queue) = (redis.client, JobQueue("emails", client: redis.client))
        for _ in 1...3 {
            _ = try await client.call("XADD", queue.keys.stream, "*", "type", "email.send", "args", "{}")
        }
        let (key, type) = (CounterStore.key(of: "emails"), "email.send")
        let increments = [
            CounterIncrement(key, JobCountName.ended(type, "done"), by: 40),
            CounterIncrement(key, JobCountName.waited(type, DurationCell(0, of: .jobs)), by: 30),
            CounterIncrement(key, JobCountName.waited(type, DurationCell(6, of: .jobs)), by: 10),
            CounterIncrement(key, JobCountName.waited(type, .sum), by: 800_000),
            CounterIncrement(key, JobCountName.ran(type, DurationCell(2, of: .jobs)), by: 40),
            CounterIncrement(CounterStore.key, CounterName.roundTrip(DurationCell(1, of: .roundTrips)), by: 9),
            CounterIncrement(CounterStore.key, CounterName.relayed(to: "emails"), by: 7),
            CounterIncrement(CounterStore.key, CounterName.spans("sent"), by: 5),
        ]
        let now = try await CounterStore(client: client).add(increments, duties: ["promote": 1_790_000_000_000]).now
        _ = try await client.call("HSET", queue.keys.stream + ":stats", "done", "40")
        let schedule = WatchingServer.watched.schedules[0]
        _ = try await queue.fire(schedule)
        // As if it had fired an hour ago, and no more.
        _ = try await client.call("HSET", queue.keys.schedules, "minutely", "\(now - 3_600_000)")
        try await announceWorkers(redis)
    }

    private static func announceWorkers(_ redis: TestRedis) async throws {
        var report = WorkerReport()
        (report.pool, report.queues, report.slots, report.running) = ("main", ["emails"], 20, 5)
        report.breakers = [CircuitBreakers.Status(name: "mail", state: .open, failureRatio: 1, openFor: .seconds(5))]
        let registry = WorkerRegistry(client: redis.client)
        try await registry.announce(WorkerID(host: "test", process: 1), report)
        (report.pool, report.breakers) = ("forgotten", [])
        try await registry.announce(WorkerID(host: "test", process: 2), report)
    }
}
