internal import Audit
package import HTTPServer
internal import JobQueue
internal import Jobs
internal import RedisClient
internal import Reports

/// `/v1/queues` and `/v1/workers`: what waits, runs and died, and who works.
package struct QueueRoutes: Sendable {
    private struct Switched: Encodable {
        let queue: String
        let type: String?
        let paused: Bool
        /// False where it was so already.
        let changed: Bool
    }

    private let desk: JobDesk

    package init(_ desk: JobDesk) { self.desk = desk }

    package var routes: [Route] {
        [
            Route(
                .get, "/v1/queues", role: .operator, "what waits, runs and died, per queue", .refusable(list)),
            Route(.get, "/v1/queues/{queue}", role: .operator, "the same of one queue", .refusable(show)),
            Route(
                .post, "/v1/queues/{queue}/pause", role: .operator, bodyBytes: Route.formBytes,
                "begin no job of a queue, or of one type in it",
                .refusable { try await change($0, toPaused: true) }),
            Route(
                .post, "/v1/queues/{queue}/resume", role: .operator, bodyBytes: Route.formBytes, "begin them again",
                .refusable { try await change($0, toPaused: false) }),
            Route(
                .get, "/v1/limits", role: .operator, "the limits of jobs, and how many wait for them",
                .refusable(limits)),
            Route(.get, "/v1/workers", role: .operator, "who takes jobs", .refusable(workers)),
        ]
    }

    private func list(_: HTTPRequest) async throws -> HTTPResponse {
        let rows = try await QueueOverview(queues: desk.queues, client: desk.redis).rows()
        // In the order of the configuration, for people.
        let members = rows.map { "\"\($0)\":\(JSONText.of($1))" }.joined(separator: ",")
        return .json(.ok, Array("{\(members)}".utf8))
    }

    private func show(_ request: HTTPRequest) async throws -> HTTPResponse {
        let queue = try queue(request)
        let rows = try await QueueOverview(queues: [queue], client: desk.redis).rows()
        return .json(rows[0].1)
    }

    private func limits(_: HTTPRequest) async throws -> HTTPResponse {
        var reports: [LimitReport] = []
        for queue in desk.queues {
            reports += try await desk.queue(queue).limits().map { LimitReport($0, of: queue) }
        }
        return .json(reports)
    }

    private func workers(_: HTTPRequest) async throws -> HTTPResponse {
        .json(try await WorkerRegistry(client: desk.redis).workers().map(WorkerRow.init))
    }

    private func change(_ request: HTTPRequest, toPaused isPaused: Bool) async throws -> HTTPResponse {
        let queue = try queue(request)
        let type = try type(in: request)
        let what = type.map(Pausable.type) ?? .queue
        let jobs = desk.queue(queue)
        let target = AuditTarget.queue(queue.name, type: type?.name)
        let isChanged = try await desk.audit.record(isPaused ? "queue.pause" : "queue.resume", target, by: request) {
            isPaused ? try await jobs.pause(what) : try await jobs.resume(what)
        }
        return .json(Switched(queue: queue.name, type: type?.name, paused: isPaused, changed: isChanged))
    }

    private func queue(_ request: HTTPRequest) throws(Refusal) -> QueueName {
        guard let queue = QueueName(request.parameters["queue"]), desk.queues.contains(queue) else {
            throw .unknown("There is no such queue; GET /v1/queues lists them.")
        }
        return queue
    }

    /// A body may name one.
    private func type(in request: HTTPRequest) throws(Refusal) -> JobType? {
        guard !request.body.isEmpty else { return nil }
        return try request.object { (object) throws(Refusal) in
            guard let name = try object.text("type") else { return nil }
            guard let type = JobType(name), desk.registry[type] != nil else {
                throw object.wrong("type", "is no job type of this server; GET /v1/types lists them")
            }
            return type
        }
    }
}
