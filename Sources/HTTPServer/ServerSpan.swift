internal import Platform
internal import Tracing

/// A request as a span: below the one of its client, and above all that is done for it.
///
/// What anybody may ask for has none: a stranger would decide what is told to the collector.
struct ServerSpan: Sendable {
    /// Below which stands what is done for the request.
    let current: CurrentSpan
    private let parent: TraceContext?

    /// - Parameter parent: what the client sent along; nil: a trace begins here.
    init(_ tracer: Tracer, below parent: TraceContext?) {
        self.parent = parent
        current = CurrentSpan(tracer.span(below: parent), tracer)
    }

    /// Names are those of OpenTelemetry's conventions for HTTP. Not its `url.path`, and no address: they tell of persons.
    func end(_ account: ExchangeAccount, begun: MonotonicTime, scheme: String) {
        guard current.context.isSampled else { return }
        let (method, route) = (account.method?.rawValue ?? "_OTHER", account.route?.description ?? "")
        let clock = SpanClock(at: begun)
        var span = FinishedSpan(
            "\(method) \(route)", .server, current.context, below: parent, began: clock.began, ended: clock.now)
        span.hasRemoteParent = parent != nil
        span.attributes = [
            SpanAttribute("http.request.method", method), SpanAttribute("http.route", route),
            SpanAttribute("url.scheme", scheme), SpanAttribute("coursework.request.id", account.id),
        ]
        if let status = account.status {
            span.attributes.append(SpanAttribute("http.response.status_code", status.code))
        }
        span.errorType = errorType(account.status)
        current.tracer.record(span)
    }

    /// What the client did wrong is no error of the server.
    private func errorType(_ status: HTTPStatus?) -> String? {
        guard let status else { return "no answer" }
        return status.code >= 500 ? "\(status.code)" : nil
    }
}
