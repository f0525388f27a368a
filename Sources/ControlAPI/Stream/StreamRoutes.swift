internal import HTTPServer
internal import Jobs

/// `/v1/stream`: what a page that is open all day is told, as server-sent events.
struct StreamRoutes: Sendable {
    private let desk: JobDesk
    private let hub: EventHub

    init(_ desk: JobDesk, _ hub: EventHub) { (self.desk, self.hub) = (desk, hub) }

    var routes: [Route] {
        [
            Route(
                .get, "/v1/stream", role: .operator, "events: queues, jobs, dead letters, workers",
                .immediate(open))
        ]
    }

    private func open(_ request: HTTPRequest) -> HTTPResponse {
        do throws(Refusal) {
            let filter = try EventFilter(request.query, queues: desk.queues)
            guard request.method != .head else { return HTTPResponse(.ok, fields: Self.fields) }
            guard let stream = hub.open(filter, after: request.fields["Last-Event-ID"]) else {
                return .problem(
                    .serviceUnavailable, "Too many listen already; ask again later.", fields: [("Retry-After", "10")])
            }
            return HTTPResponse(.ok, "text/event-stream", stream, fields: Array(Self.fields.dropFirst()))
        } catch {
            return error.answer
        }
    }

    /// A proxy hands each event on as it comes.
    private static let fields: [HTTPResponse.Field] = [
        ("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no"),
    ]
}
