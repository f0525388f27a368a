public import Jobs
public import Tracing

/// An enqueue as a span: what the jobs carry on, so that their attempts stand below it.
public struct EnqueueSpan: Sendable {
    private let parent: CurrentSpan
    private let context: TraceContext
    private let clock = SpanClock()

    public init(below parent: CurrentSpan) {
        self.parent = parent
        context = parent.tracer.span(below: parent.context)
    }

    /// Below the span that is under way, such as the attempt of a job; nil where there is none.
    public static func belowCurrent() -> EnqueueSpan? { CurrentSpan.value.map { EnqueueSpan(below: $0) } }

    /// What its jobs carry.
    public var field: String { context.field }

    /// The job, which goes on from here unless it says from where.
    public func traced(_ job: NewJob) -> NewJob {
        var job = job
        job.traceparent = job.traceparent ?? field
        return job
    }

    /// - Parameters:
    ///   - queue: nil for jobs of several.
    ///   - job: where there is just one, and it has a name.
    ///   - error: why nothing was stored.
    public func end(
        in queue: QueueName?, jobs: Int = 1, as job: JobID? = nil, requestID: String? = nil, error: (any Error)? = nil
    ) {
        guard context.isSampled else { return }
        let name = queue.map { "enqueue \($0.name)" } ?? "enqueue"
        var span = FinishedSpan(name, .producer, context, below: parent.context, began: clock.began, ended: clock.now)
        span.attributes = [
            SpanAttribute("messaging.system", "coursework"), SpanAttribute("messaging.operation.name", "enqueue"),
            SpanAttribute("messaging.operation.type", "send"),
        ]
        if let queue { span.attributes.append(SpanAttribute("messaging.destination.name", queue.name)) }
        if let job { span.attributes.append(SpanAttribute("messaging.message.id", job.description)) }
        if jobs > 1 { span.attributes.append(SpanAttribute("messaging.batch.message_count", jobs)) }
        if let requestID { span.attributes.append(SpanAttribute("coursework.request.id", requestID)) }
        span.errorType = error.map(ErrorReport.kind(of:))
        parent.tracer.record(span)
    }
}
