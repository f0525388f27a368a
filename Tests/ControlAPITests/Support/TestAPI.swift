import Audit
import Database
import Foundation
import HTTPServer
import JobQueue
import Jobs
import Logging
import Outbox
import PayloadSchemas
import Platform
import PostgresClient
import RedisClient
import TestSupport
import Tracing

@testable import ControlAPI

/// A server of the API for one test, on a Redis database of its own. Everybody may do everything.
struct TestAPI: Sendable {
    let redis: TestRedis
    /// Nil where nobody may look at it.
    var hub: EventHub?
    let database: PostgresClient?
    let server: HTTPServer

    static let queues: [QueueName] = ["emails", "default"]

    static func with(postgres: Bool = false, tracer: Tracer? = nil, _ body: (TestAPI) async throws -> Void) async throws
    {
        try await withRedis { redis in
            guard postgres else { return try await serve(redis, nil, tracer, body) }
            try await withPostgres { postgres in
                _ = try await Migrator(postgres.configuration, loop: redis.loop).migrate()
                let client = PostgresClient(postgres.configuration, name: "test", loop: redis.loop)
                defer { client.close() }
                try await serve(redis, client, tracer, body)
            }
        }
    }

    /// On a Redis that may be killed.
    static func with(_ redis: PrivateRedis, _ body: (TestAPI) async throws -> Void) async throws {
        let client = redis.newClient { $0.commandTimeout = .milliseconds(500) }
        defer { client.close() }
        try await FunctionLibrary(client: client).ensure()
        try await serve(
            TestRedis(loop: redis.loop, configuration: redis.configuration, client: client), nil, nil, body)
    }

    private static func serve(
        _ redis: TestRedis, _ database: PostgresClient?, _ tracer: Tracer?, _ body: (TestAPI) async throws -> Void
    ) async throws {
        var registry = JobRegistry()
        registry.register(GreetHandler())
        let desk = JobDesk(
            redis: redis.client, outbox: database.map { Outbox($0) }, registry: registry, queues: queues,
            argsBytes: 10_000,
            audit: AuditDesk(AuditTrail(client: redis.client), requiresReason: false), loop: redis.loop)
        let api = ControlAPI(desk, schedules: [:], logger: .silent)
        let server = try HTTPServer(
            Router(api.routes), HTTPServerOptions(host: "127.0.0.1", port: 0), gatekeeper: OpenGate(),
            loop: redis.loop, logger: .silent, tracer: tracer)
        let test = TestAPI(redis: redis, hub: api.hub, database: database, server: server)
        do {
            try await body(test)
        } catch {
            api.stop()
            await server.stop()
            throw error
        }
        api.stop()
        await server.stop()
    }

    /// On a connection of its own.
    func ask(_ method: String, _ path: String, _ body: String = "", fields: String = "") async throws -> HTTPAnswer {
        let client = try HTTPClient(port: server.port)
        await client.send(
            "\(method) \(path) HTTP/1.1\r\nHost: test\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(method) \(path)") }
        return answer
    }
}

/// Takes everybody for an administrator.
struct OpenGate: Gatekeeper {
    private static let admin = Principal(.key, id: "k1", name: "tester", role: .admin)

    func admit(_ fields: HTTPFields, from client: String) -> Admission { .admitted(Self.admin) }
    func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission { .admitted(Self.admin) }
}

struct Greet: Job {
    static let type: JobType = "test.greet"
    static let queue: QueueName = "emails"
    static let payloadSchema = PayloadSchema.object(
        "Greets somebody.", [.required("name", .text()), .optional("times", .integer())])

    let name: String
    var times: Int?
}

struct GreetHandler: JobHandler {
    func handle(_ job: Greet, context: JobContext) async throws -> Outcome { .success() }
}

extension HTTPAnswer {
    /// The body as Foundation reads it.
    var json: [String: Any] {
        get throws {
            guard let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] else {
                throw TestFailure("no object: \(body)")
            }
            return object
        }
    }

    var id: String { get throws { try json["id"] as? String ?? "" } }
}
