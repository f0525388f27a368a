import Configuration
import JobQueue
import Platform
import RedisClient
import TraceExport
import Tracing

extension Setup {
    /// Lends a process what takes its spans, and sends them on while it runs; nil where no collector is configured.
    /// - Parameter process: what it does, for those who look at its spans.
    func withTracer<Value>(
        _ process: String, on loop: EventLoop, _ body: (Tracer?) async throws -> Value
    ) async throws -> Value {
        guard let endpoint = configuration.tracing.endpoint else { return try await body(nil) }
        let tracer = Tracer(sample: configuration.tracing.sample)
        // A connection of its own: jobs wait for nothing of this.
        let redis = RedisClient(try impatient.redis, name: "coursework-traces", loop: loop)
        defer { redis.close() }
        let exporter = SpanExporter(
            of: tracer, to: endpoint, certificatesFile: configuration.tracing.caFile, as: Self.resource(process),
            loop: loop, logger: logger,
            tell: { counts in
                let increments = [("sent", counts.sent), ("dropped", counts.dropped)].filter { $0.1 > 0 }
                    .map { CounterIncrement(CounterStore.key, CounterName.spans($0.0), by: $0.1) }
                do throws(RedisError) {
                    return try await CounterStore(client: redis).add(increments).refused.isEmpty
                } catch {
                    // What Redis may have added is not told again.
                    return error.mayHaveExecuted
                }
            })
        return try await exporter.whileRunning { try await body(tracer) }
    }

    private static func resource(_ process: String) -> [SpanAttribute] {
        [
            SpanAttribute("service.name", "coursework"), SpanAttribute("service.version", Coursework.version),
            SpanAttribute("process.command", process), SpanAttribute("process.pid", OwnProgram.processID),
        ]
    }
}
