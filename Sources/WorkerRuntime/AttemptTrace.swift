internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import Tracing

/// The attempts of a worker as traces show them: how long each job waited, and how it went.
///
/// Both stand below the enqueue that the job carries along (its field `trace`), and the attempt links to it, too, as
/// OpenTelemetry has it for messages. A job that carries none begins a trace of its own, the same for all its attempts.
struct AttemptTrace: Sendable {
    /// Nil where nobody traces.
    let tracer: Tracer?
    let clock: ServerClock

    /// Runs an attempt: what it logs says of which job, and what it calls are spans below its own.
    func run(_ job: ActiveJob, _ body: () async -> Disposition) async -> Disposition {
        await LogContext.$subject.withValue(job) {
            guard let tracer else { return await body() }
            let parent = job.job.trace
            let context = tracer.span(below: parent, beginning: job.ownTraceID)
            let disposition = await CurrentSpan.$value.withValue(CurrentSpan(context, tracer)) { await body() }
            if context.isSampled, let started = job.started {
                record(job, disposition, context, below: parent, from: started, tracer)
            }
            return disposition
        }
    }

    private func record(
        _ job: ActiveJob, _ disposition: Disposition, _ context: TraceContext, below parent: TraceContext?,
        from started: MonotonicTime, _ tracer: Tracer
    ) {
        let clock = SpanClock(at: started)
        var attempt = FinishedSpan(
            "process \(job.id.queue.name)", .consumer, context, below: parent, began: clock.began, ended: clock.now)
        attempt.hasRemoteParent = parent != nil
        attempt.links = parent.map { [$0] } ?? []
        attempt.attributes = attributes(of: job) + [SpanAttribute("coursework.outcome", disposition.outcome.label)]
        attempt.errorType = disposition.errorType
        recordWait(of: job, until: clock.began, started, below: parent ?? context, tracer)
        tracer.record(attempt)
    }

    /// From ready, as Redis told the time, to taken by a slot.
    private func recordWait(
        of job: ActiveJob, until began: UInt64, _ started: MonotonicTime, below parent: TraceContext, _ tracer: Tracer
    ) {
        // Of one that another worker lost nobody knows when it was ready again.
        guard !job.job.wasRescued else { return }
        let waited = max(0, clock.milliseconds(at: started) - job.job.readyMilliseconds)
        var wait = FinishedSpan(
            "wait \(job.id.queue.name)", .internal, tracer.span(below: parent), below: parent,
            began: began - min(began, UInt64(waited) * 1_000_000), ended: began)
        wait.hasRemoteParent = job.job.trace != nil
        wait.attributes = attributes(of: job)
        tracer.record(wait)
    }

    private func attributes(of job: ActiveJob) -> [SpanAttribute] {
        [
            SpanAttribute("messaging.system", "coursework"),
            SpanAttribute("messaging.operation.name", "process"), SpanAttribute("messaging.operation.type", "process"),
            SpanAttribute("messaging.destination.name", job.id.queue.name),
            SpanAttribute("messaging.message.id", job.id.description),
            SpanAttribute("messaging.message.body.size", job.job.args.count),
            SpanAttribute("coursework.job.type", job.type.name),
            SpanAttribute("coursework.job.attempt", job.job.attempt),
        ]
    }
}

extension ActiveJob {
    /// Of the trace that begins with it, when its producer began none: made of what stays the same through its attempts.
    var ownTraceID: TraceID { TraceID(naming: "\(id) \(job.enqueuedMilliseconds)".utf8) }
}

extension Disposition {
    /// By the name of its type: what an error says may tell of a person.
    fileprivate var errorType: String? {
        switch self {
        case .retry(_, _, let error): error.kind.isEmpty ? "failed" : error.kind
        case .bury(let reason, let error): error.kind.isEmpty ? reason.rawValue : error.kind
        case .drop: "lost"
        case .complete, .discard, .snooze, .awaitType, .cancel, .expire, .block, .release: nil
        }
    }
}
