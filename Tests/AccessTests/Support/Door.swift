import Access
import HTTPServer
import Jobs
import Logging
import Platform
import RedisClient
import TestSupport

/// A server with routes for every role, and a real Redis that holds its keys.
struct Door: Sendable {
    /// What the matrix of routes and roles is made from.
    static let routes: [Route] = [
        Route(.get, "/open", role: .public, "anybody", .immediate(answer)),
        Route(.post, "/v1/jobs", role: .producer, "enqueues", .immediate(answer)),
        Route(.get, "/v1/jobs/{id}", role: .producer, "follows", .immediate(answer)),
        Route(.get, "/v1/dead", role: .operator, "watches", .awaiting { answer($0) }),
        Route(.delete, "/v1/dead/{id}", role: .operator, "steers", .immediate(answer)),
        Route(.put, "/v1/settings", role: .admin, "everything", .immediate(answer)),
        Route(.get, "/metrics", role: .operator, "measures", .immediate(answer)),
    ]

    let server: HTTPServer
    let store: KeyStore
    let redis: RedisClient
    let ring: KeyRing
    let log: CollectedLog
    let loop: EventLoop

    /// - Parameter tokens: makes what verifies tokens, and runs beside the server.
    static func with(
        limits: AccessLimits = AccessLimits(), tokens: (EventLoop, Logger) -> TokenVerifier? = { _, _ in nil },
        _ body: (Door) async throws -> Void
    ) async throws {
        try await withRedis { redis in
            try await with(redis.client, redis.loop, limits: limits, tokens: tokens, body)
        }
    }

    static func with(
        _ redis: RedisClient, _ loop: EventLoop, validity: Duration = .seconds(300),
        limits: AccessLimits = AccessLimits(), tokens: (EventLoop, Logger) -> TokenVerifier? = { _, _ in nil },
        _ body: (Door) async throws -> Void
    ) async throws {
        let log = CollectedLog()
        let store = KeyStore(redis)
        let ring = KeyRing(store, validity: validity, loop: loop, logger: log.logger())
        let verifier = tokens(loop, log.logger())
        let gate = AccessGate(keys: ring, tokens: verifier, limits: limits)
        let server = try HTTPServer(
            Router(routes), HTTPServerOptions(host: "127.0.0.1", port: 0), gatekeeper: gate, loop: loop,
            logger: log.logger())
        let door = Door(server: server, store: store, redis: redis, ring: ring, log: log, loop: loop)
        let result: Result<Void, any Error> = await withTaskGroup { group in
            group.addTask { await ring.run() }
            if let verifier { group.addTask { await verifier.run() } }
            defer { group.cancelAll() }
            do { return .success(try await body(door)) } catch { return .failure(error) }
        }
        await server.stop()
        try result.get()
    }

    /// A key that the server knows.
    func key(_ role: Role, expires: Timestamp? = nil) async throws -> APIKey {
        let made = try await store.create("test", role: role, expires: expires, by: "tests")
        guard let made else { throw TestFailure("no key") }
        await ring.refresh()
        return made.key
    }

    func ask(_ method: String, _ target: String, _ credential: String? = nil, fields: String = "") async throws
        -> HTTPAnswer
    {
        let client = try HTTPClient(port: server.port)
        let authorization = credential.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let length = method == "GET" ? "" : "Content-Length: 0\r\n"
        await client.send("\(method) \(target) HTTP/1.1\r\nHost: test\r\n\(authorization)\(length)\(fields)\r\n")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(method) \(target)") }
        return answer
    }

    func status(_ method: String, _ target: String, _ credential: String? = nil, fields: String = "") async throws
        -> Int
    {
        try await ask(method, target, credential, fields: fields).status
    }

    private static func answer(_ request: HTTPRequest) -> HTTPResponse {
        let principal = request.principal
        let text = "\(principal.kind.rawValue) \(principal.id) \(principal.name) \(principal.role.rawValue)"
        return HTTPResponse(.ok, "text/plain", Array(text.utf8))
    }
}

extension Route {
    /// A path that it is for.
    var target: String { pattern.description.replacing(#/\{[a-z]+\}/#, with: "1") }
}
