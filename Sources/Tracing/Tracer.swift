/// Decides what is traced, and takes the spans.
public final class Tracer: Sendable {
    /// Where finished spans wait for the collector.
    public let queue: SpanQueue
    /// Traces with fewer random bits than this are not sampled. As OpenTelemetry draws its samples: who else does so by the
    /// same ratio draws the same.
    private let leastRandomness: UInt64

    private static let randomBits: UInt64 = 1 << 56

    /// - Parameter sample: which part of the traces that begin here is sampled, 0 to 1. Whoever began another one has
    ///   decided about that.
    public init(sample: Double = 1, queue: SpanQueue = SpanQueue()) {
        self.queue = queue
        leastRandomness = UInt64((1 - min(1, max(0, sample))) * Double(Self.randomBits))
    }

    /// A new span below another one, or else the first of a trace.
    /// - Parameter trace: names the one that begins; by default by chance.
    public func span(below parent: TraceContext?, beginning trace: @autoclosure () -> TraceID = .random())
        -> TraceContext
    {
        if let parent {
            return TraceContext(parent.traceID, .random(), isSampled: parent.isSampled, state: parent.state)
        }
        let trace = trace()
        return TraceContext(trace, .random(), isSampled: trace.low & (Self.randomBits - 1) >= leastRandomness)
    }

    /// Nothing waits for it, and it is worth nothing where its trace is not sampled.
    public func record(_ span: FinishedSpan) { if span.context.isSampled { queue.add(span) } }
}
