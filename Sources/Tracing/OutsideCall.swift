/// A call of another server or program, as a span below the one that is under way:
///
///     let call = OutsideCall.begin()
///     let answer = await ask(server)
///     call?.end("GET", [SpanAttribute("server.address", server.host)])
///
/// It says to whom, and how it went; nothing of what was said, and no path or query.
public struct OutsideCall: Sendable {
    private let parent: CurrentSpan
    private let clock = SpanClock()

    /// Nil where nobody traces: that costs a look at the task.
    public static func begin() -> OutsideCall? {
        guard let parent = CurrentSpan.value, parent.context.isSampled else { return nil }
        return OutsideCall(parent: parent)
    }

    /// - Parameter errorType: what kind of error it ended with, by the name of its type; nil for none.
    public func end(
        _ name: String, _ kind: FinishedSpan.Kind = .client, _ attributes: [SpanAttribute], errorType: String? = nil
    ) {
        let context = parent.tracer.span(below: parent.context)
        var span = FinishedSpan(name, kind, context, below: parent.context, began: clock.began, ended: clock.now)
        span.attributes = attributes
        span.errorType = errorType
        parent.tracer.record(span)
    }

    /// Runs a call that may throw as a span.
    public static func during<Value, Failure: Error>(
        _ name: String, _ kind: FinishedSpan.Kind = .client, _ attributes: @autoclosure () -> [SpanAttribute],
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard let call = begin() else { return try await body() }
        do throws(Failure) {
            let value = try await body()
            call.end(name, kind, attributes())
            return value
        } catch {
            call.end(name, kind, attributes(), errorType: "\(type(of: error as any Error))")
            throw error
        }
    }
}
