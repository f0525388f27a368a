/// The span that is under way in a task, and in those it starts.
public struct CurrentSpan: Sendable {
    public let context: TraceContext
    public let tracer: Tracer

    @TaskLocal public static var value: CurrentSpan?

    public init(_ context: TraceContext, _ tracer: Tracer) { (self.context, self.tracer) = (context, tracer) }
}
