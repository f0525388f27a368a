internal import Audit
package import HTTPServer
internal import JobQueue
internal import Jobs
internal import RedisClient
internal import Reports

/// `/v1/batches`: what became of jobs that belong together.
package struct BatchRoutes: Sendable {
    private let desk: JobDesk

    package init(_ desk: JobDesk) { self.desk = desk }

    package var routes: [Route] {
        [
            Route(.get, "/v1/batches", role: .operator, "batches, the newest first", .refusable(list)),
            Route(
                .get, "/v1/batches/{id}", role: .producer, "how far one is, and what became of its members",
                .refusable(show)),
            Route(
                .post, "/v1/batches/{id}/close", role: .operator, "close one whose producer died", .refusable(close)),
            Route(
                .post, "/v1/batches/{id}/cancel", role: .operator, "end all its members that have not ended",
                .refusable(cancel)),
        ]
    }

    /// At most so many of each queue, as the shell shows them.
    private func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        var queues = desk.queues
        if let name = request.query["queue"] {
            queues = queues.filter { $0.name == name }
            guard !queues.isEmpty else {
                throw Refusal.invalid("A queue is none of this server; GET /v1/queues lists them.")
            }
        }
        let limit = try request.limit(usually: 20)
        var reports: [BatchReport] = []
        for queue in queues { reports += try await desk.queue(queue).batches(limit: limit).map { BatchReport($0) } }
        return .json(reports.sorted { $0.opened.milliseconds > $1.opened.milliseconds })
    }

    private func show(_ request: HTTPRequest) async throws -> HTTPResponse {
        .json(BatchReport(try await batch(request)))
    }

    private func close(_ request: HTTPRequest) async throws -> HTTPResponse {
        let batch = try await batch(request)
        _ = try await desk.audit.record("batch.close", .batch("\(batch.id)"), by: request) {
            try await desk.queue(batch.id.queue).close(batch.id)
        }
        return try await show(request)
    }

    private func cancel(_ request: HTTPRequest) async throws -> HTTPResponse {
        let batch = try await batch(request)
        guard batch.state != .ended else { throw Refusal(.conflict, "The batch has ended already.") }
        _ = try await desk.audit.record("batch.cancel", .batch("\(batch.id)"), by: request) {
            try await desk.queue(batch.id.queue).cancel(batch.id)
        }
        return try await show(request)
    }

    private func batch(_ request: HTTPRequest) async throws -> BatchDescription {
        let unknown = Refusal.unknown("There is no such batch: it was never opened, or it is forgotten already.")
        guard let id = BatchID(request.parameters["id"]), desk.queues.contains(id.queue) else { throw unknown }
        let batch = try await desk.queue(id.queue).batch(id)
        guard let batch else { throw unknown }
        return batch
    }
}
