internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import LocalServers
internal import Platform
internal import PostgresClient
internal import RedisClient
internal import Synchronization

/// Rows of the outbox to entries of a stream, by one relay process, on a PostgreSQL and a Redis that write to the disk as
/// they do in production.
struct RelayBenchmark {
    private static let rate = 500

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis(.appendOnly(fsync: "everysec")) { redis in
            try await workshop.withPostgres { try await run(on: redis, $0, report) }
        }
    }

    private func run(on redis: BenchRedis, _ server: LocalPostgres, _ report: (Figure) -> Void) async throws {
        let outbox = BenchOutbox(client: PostgresClient(server.configuration, name: "bench", loop: workshop.loop))
        let rows = workshop.jobs(50_000)
        try await outbox.fill(rows)
        let ceiling = try await outbox.claimRate()
        report(Figure("claiming and marking the same rows, without Redis (the ceiling)", ceiling, "rows/s"))

        try await outbox.fill(rows)
        async let drained = drainRate(rows, redis)
        let process = try await RelayProcess.start(on: redis.server.url, server.url, workshop: workshop)
        let rate = try await drained
        report(
            Figure(
                "relay, \(rows) rows that wait", rate, "rows/s",
                [
                    .init(of: "the ceiling", ratio: rate / ceiling),
                    .init(of: "5,000/s", ratio: rate / 5000, bar: .atLeast(1)),
                ]))
        report(Figure("  relay processor time a row", process.processorSeconds * 1e6 / Double(rows), "µs"))

        try await redis.empty()
        let lags = try await lags(outbox, redis).sorted()
        for (name, part) in [("p50", 0.5), ("p99", 0.99)] {
            let lag = lags[min(lags.count - 1, Int(Double(lags.count) * part))]
            report(
                Figure(
                    "COMMIT to stream entry at \(Self.rate)/s, \(name)", lag, "ms",
                    [.init(of: "1 s", ratio: lag / 1000, bar: .atMost(1))]))
        }
        await process.stop()
    }

    /// From the last look that saw none of them in the stream to the first that saw all.
    private func drainRate(_ rows: Int, _ redis: BenchRedis) async throws -> Double {
        var begin = MonotonicTime.now
        while true {
            let now = MonotonicTime.now
            let length = try await redis.client.call("XLEN", redis.queue.keys.stream).integer ?? 0
            if length == 0 { begin = now }
            if length == rows { return Double(rows) / MonotonicTime.now.since(begin).seconds }
            await workshop.loop.sleep(for: .milliseconds(2))
        }
    }

    /// Four producers, each with a connection and a row of its own in turn, in milliseconds by the clock of the machine.
    private func lags(_ outbox: BenchOutbox, _ redis: BenchRedis) async throws -> [Double] {
        let (producers, rows) = (4, workshop.jobs(10_000))
        let committed = try await withThrowingTaskGroup(of: [String: Double].self) { group in
            let begin = MonotonicTime.now
            for producer in 0..<producers {
                group.addTask {
                    var committed: [String: Double] = [:]
                    for row in stride(from: producer, to: rows, by: producers) {
                        let due = begin + .microseconds(row * 1_000_000 / Self.rate)
                        await workshop.loop.sleep(for: due.since(.now))
                        committed[try await outbox.insert()] = Date().timeIntervalSince1970 * 1000
                    }
                    return committed
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { $1 } }
        }
        while try await redis.client.call("XLEN", redis.queue.keys.stream).integer ?? 0 < rows {
            await workshop.loop.sleep(for: .milliseconds(10))
        }
        return try await entryTimes(redis).compactMap { id, time in committed[id].map { max(0, time - $0) } }
    }

    /// When Redis made the entry of each job; the middle of the millisecond in the entry's id.
    private func entryTimes(_ redis: BenchRedis) async throws -> [String: Double] {
        var times: [String: Double] = [:]
        for entry in try await redis.client.call("XRANGE", redis.queue.keys.stream, "-", "+").elements {
            var parts = entry.elements
            guard let time = parts.next()?.string?.split(separator: "-").first.flatMap({ Double($0) }),
                let fields = parts.next()?.elements.compactMap(\.string),
                let id = zip(fields, fields.dropFirst()).first(where: { $0.0 == "id" })?.1
            else { continue }
            times[id] = time + 0.5
        }
        return times
    }
}

/// The table under measurement.
private struct BenchOutbox: Sendable {
    private static let batch = 500

    let client: PostgresClient

    func fill(_ rows: Int) async throws {
        try await client.query("TRUNCATE coursework.outbox")
        try await client.query(
            """
            INSERT INTO coursework.outbox (queue, type, args) SELECT $1, $2, $3::json FROM generate_series(1, $4::int)
            """,
            [.text(Workshop.queue.name), .text(Workshop.type.name), .json(Workshop.payload), .integer(rows)])
        try await client.query("VACUUM ANALYZE coursework.outbox")
    }

    func insert() async throws -> String {
        let rows = try await client.query(
            "INSERT INTO coursework.outbox (queue, type, args) VALUES ($1, $2, $3::json) RETURNING id::text",
            [.text(Workshop.queue.name), .text(Workshop.type.name), .json(Workshop.payload)])
        guard let row = rows.first else { throw BenchmarkFailure(description: "the INSERT gave no row") }
        return try row["id"]
    }

    /// Rows a second that are claimed and marked until none is left.
    func claimRate() async throws -> Double {
        var rows = 0
        let seconds = try await Workshop.seconds {
            while true {
                let claimed = try await claim()
                if claimed == 0 { return }
                rows += claimed
            }
        }
        return Double(rows) / seconds
    }

    private func claim() async throws -> Int {
        try await client.transaction { transaction in
            try transaction.script("SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_custom_plan")
            let ids: [String] = try transaction.query(
                """
                SELECT id::text, type, args FROM coursework.outbox
                WHERE queue = $1 AND sent_at IS NULL AND ended_at IS NULL
                ORDER BY sequence LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
                """, [.text(Workshop.queue.name), .integer(Self.batch)]
            ).map { try $0["id"] }
            try transaction.query(
                "UPDATE coursework.outbox SET sent_at = now(), check_at = now() WHERE id = ANY($1::uuid[])",
                [.texts(ids)])
            return ids.count
        }
    }
}
