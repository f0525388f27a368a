import Database
import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import RedisClient
import TestSupport
import Testing

/// A migrated database and a Redis, for relays between them.
struct OutboxSite: Sendable {
    let loop: EventLoop
    let database: PostgresConfiguration
    let redisConfiguration: RedisConfiguration
    /// For the test's own questions.
    let sql: PostgresClient
    let redis: RedisClient

    init(_ database: PostgresConfiguration, _ redis: RedisConfiguration, loop: EventLoop) async throws {
        self.loop = loop
        self.database = database
        redisConfiguration = redis
        _ = try await Migrator(database, loop: loop).migrate()
        sql = PostgresClient(database, name: "test", loop: loop)
        self.redis = RedisClient(redis, name: "test", loop: loop)
    }

    func close() {
        sql.close()
        redis.close()
    }

    // MARK: Rows

    /// Writes rows as any program may, each with its number as payload.
    /// - Returns: their ids.
    @discardableResult
    func insert(_ numbers: Range<Int>, queue: String = "q") async throws -> [String] {
        try await sql.query(
            """
            INSERT INTO coursework.outbox (queue, type, args)
            SELECT $1, 't.x', json_build_object('n', n) FROM generate_series($2::int, $3::int) AS n RETURNING id::text
            """, [.text(queue), .integer(numbers.lowerBound), .integer(numbers.upperBound - 1)]
        ).map { try $0["id"] }
    }

    /// How many rows hold for the condition.
    func rows(_ condition: String = "true") async throws -> Int {
        try await sql.query("SELECT count(*) FROM coursework.outbox WHERE \(condition)").first.map { try $0[0] } ?? 0
    }

    func untilSent(_ count: Int) async throws {
        try await eventually("\(count) rows are sent") { try await rows("sent_at IS NOT NULL") == count }
    }

    /// As if the grace had passed.
    func makeDue() async throws { try await sql.query("UPDATE coursework.outbox SET check_at = now()") }

    // MARK: Jobs

    func queue(_ name: QueueName = "q") -> JobQueue { JobQueue(name, client: redis) }

    /// The numbers of the jobs in the stream, in their order.
    func numbers(in queue: QueueName = "q") async throws -> [Int] {
        try await fields("args", in: queue).compactMap { text in
            Int(text.filter { $0.isNumber })
        }
    }

    /// A field of every entry of the stream.
    func fields(_ name: String, in queue: QueueName = "q") async throws -> [String] {
        try await redis.call("XRANGE", QueueKeys(queue).stream, "-", "+").elements.compactMap { entry in
            let fields = entry.elements.dropFirst().first { _ in true }?.elements.compactMap(\.string) ?? []
            return zip(fields, fields.dropFirst()).first { $0.0 == name }?.1
        }
    }
}

/// Gives the body servers that all tests share.
func withOutbox(_ body: (OutboxSite) async throws -> Void) async throws {
    try await withPostgres { postgres in
        try await withRedis { redis in
            let site = try await OutboxSite(postgres.configuration, redis.configuration, loop: redis.loop)
            defer { site.close() }
            try await FunctionLibrary(client: site.redis).ensure()
            try await body(site)
        }
    }
}

/// Gives the body a Redis of its own, to be stopped, filled and emptied.
func withOutbox(redisOptions: [String], _ body: (OutboxSite, PrivateRedis) async throws -> Void) async throws {
    try await withPostgres { postgres in
        try await withPrivateRedis(redisOptions) { redis in
            let site = try await OutboxSite(postgres.configuration, redis.configuration, loop: redis.loop)
            defer { site.close() }
            try await FunctionLibrary(client: site.redis).ensure()
            try await body(site, redis)
        }
    }
}
