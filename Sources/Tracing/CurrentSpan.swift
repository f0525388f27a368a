/// The span that is under way in a task, and in those it starts.
public struct CurrentSpan: Sendable {
    public let context: TraceContext
    public let tracer: Tracer

    @TaskLocal public static var value: CurrentSpan?

    public init(_ context: TraceContext, _ tracer: Tracer) { (self.context, self.tracer) = (context, tracer) }

    /// Runs the body below a span; nil leaves it below what is under way.
    public static func with<Value>(_ span: CurrentSpan?, _ body: () throws -> Value) rethrows -> Value {
        guard let span else { return try body() }
        return try $value.withValue(span, operation: body)
    }
}
