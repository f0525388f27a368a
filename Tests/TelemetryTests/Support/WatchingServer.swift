import HTTPServer
import Jobs
import Logging
import Platform
import PostgresClient
import RedisClient
import Schedules
import TestSupport

@testable import Telemetry

/// A server that tells everybody what otherwise operators alone may know.
struct WatchingServer: Sendable {
    let port: UInt16

    static let watched = Watched(
        version: "1.2.3", queues: ["emails", "media"],
        pools: [
            WatchedPool(
                name: "main", queues: ["emails"], rule: ScalingRule(least: 1, most: 8, target: .seconds(5))),
            WatchedPool(name: "media", queues: ["media"], rule: ScalingRule(least: 1, most: 1, target: .seconds(5))),
        ],
        schedules: [
            Schedule(name: "minutely", cron: everyMinute, type: "a.b", queue: "emails")
        ])

    private static var everyMinute: CronExpression {
        guard let cron = try? CronExpression("* * * * *") else { preconditionFailure("a line of cron") }
        return cron
    }

    static func with(
        _ redis: RedisConfiguration, database: PostgresClient? = nil, on loop: EventLoop,
        _ body: (WatchingServer) async throws -> Void
    ) async throws {
        var redis = redis
        redis.commandTimeout = .seconds(2)
        let client = RedisClient(redis, name: "watching", loop: loop)
        defer { client.close() }
        let observatory = Observatory(watched: watched, redis: client, database: database, loop: loop)
        let server = try HTTPServer(
            Router(TelemetryRoutes(observatory, role: .public).routes), HTTPServerOptions(host: "127.0.0.1", port: 0),
            loop: loop, logger: .silent)
        do {
            try await body(WatchingServer(port: server.port))
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    func get(_ target: String, fields: String = "") async throws -> HTTPAnswer {
        let client = try HTTPClient(port: port)
        await client.send("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(fields)\r\n")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(target)") }
        return answer
    }

    /// The lines of the page.
    func metrics() async throws -> [String] {
        try await get("/metrics").body.split(separator: "\n").map(String.init)
    }
}
