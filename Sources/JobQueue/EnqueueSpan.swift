public import Jobs
public import Tracing

/// An enqueue as a span: what the jobs carry on, so that their attempts stand below it.
public struct EnqueueSpan: Sendable {
    private let tracer: Tracer
    private let parent: TraceContext?
    private let hasRemoteParent: Bool
    private let context: TraceContext
    private let clock = SpanClock()

    /// - Parameter parent: what the producer sent along; nil: a trace begins here.
    public init(_ tracer: Tracer, below parent: TraceContext?, isRemote: Bool = true) {
        (self.tracer, self.parent, hasRemoteParent) = (tracer, parent, isRemote && parent != nil)
        context = tracer.span(below: parent)
    }

    /// Below the span that is under way, such as the attempt of a job; nil where there is none.
    public static func belowCurrent() -> EnqueueSpan? {
        CurrentSpan.value.map { EnqueueSpan($0.tracer, below: $0.context, isRemote: false) }
    }

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
        var span = FinishedSpan(name, .producer, context, below: parent, began: clock.began, ended: clock.now)
        span.hasRemoteParent = hasRemoteParent
        span.attributes = [
            SpanAttribute("messaging.system", "coursework"), SpanAttribute("messaging.operation.name", "enqueue"),
            SpanAttribute("messaging.operation.type", "send"),
        ]
        if let queue { span.attributes.append(SpanAttribute("messaging.destination.name", queue.name)) }
        if let job { span.attributes.append(SpanAttribute("messaging.message.id", job.description)) }
        if jobs > 1 { span.attributes.append(SpanAttribute("messaging.batch.message_count", jobs)) }
        if let requestID { span.attributes.append(SpanAttribute("coursework.request.id", requestID)) }
        span.errorType = error.map(ErrorReport.kind(of:))
        tracer.record(span)
    }
}
