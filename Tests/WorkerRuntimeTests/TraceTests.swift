import JobQueue
import Jobs
import Logging
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import Tracing

@testable import WorkerRuntime

@Suite("Jobs as traces and logs show them", .timeLimit(.minutes(1)))
struct TraceTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"

    private func spans(of tracer: Tracer, _ redis: TestRedis) async -> [FinishedSpan] {
        await tracer.queue.next(by: .now, on: redis.loop)
    }

    /// A worker does what is in the queue, and ends.
    private func work(
        off queue: JobQueue, _ tracer: Tracer, _ redis: TestRedis,
        run: @escaping @Sendable (TestJob, JobContext) async throws -> Outcome
    ) async throws {
        let worker = try await TestWorker.start(
            redis.configuration, on: redis.loop, options: { $0.tracer = tracer }, run: run)
        try await queue.untilIdle()
        try await worker.stop()
    }

    private func field(_ name: String, of line: CollectedLog.Line) -> LogValue? {
        line.fields.first { $0.name == name }?.value
    }

    @Test func `a wait and an attempt stand below the enqueue, which the attempt links to`() async throws {
        try await withRedis { redis in
            let (queue, tracer) = (JobQueue("q", client: redis.client), Tracer(sample: 0))
            let now = try await RedisServer(client: redis.client).now()
            _ = try await redis.client.call(
                "XADD", queue.keys.stream, "\(now - 5000)-0", "type", "test.job", "args", #"{"number":1}"#, "trace",
                "\(Self.parent);rojo=1")
            try await work(off: queue, tracer, redis) { _, _ in .success() }
            let parent = try #require(TraceContext(traceparent: Self.parent, tracestate: "rojo=1"))
            let spans = await spans(of: tracer, redis)
            #expect(spans.map(\.name) == ["wait q", "process q"])
            #expect(spans.map(\.kind) == [.internal, .consumer])
            #expect(spans.allSatisfy { $0.parent == parent && $0.hasRemoteParent && $0.context.state == "rojo=1" })
            #expect(spans[1].links == [parent] && spans[0].links.isEmpty)
            let (wait, attempt) = (try #require(spans.first), try #require(spans.last))
            #expect(wait.ended == attempt.began && attempt.began <= attempt.ended)
            #expect((4_900_000_000..<60_000_000_000).contains(wait.ended - wait.began))
            #expect(attempt.attributes.contains(SpanAttribute("messaging.message.id", "q:\(now - 5000)-0")))
            #expect(attempt.attributes.contains(SpanAttribute("coursework.outcome", "done")))
            #expect(attempt.errorType == nil)
        }
    }

    @Test func `the attempts of a job without a trace have one, and say how they failed but not of whom`() async throws
    {
        try await withRedis { redis in
            let (queue, tracer) = (JobQueue("q", client: redis.client), Tracer())
            try await queue.add()
            try await work(off: queue, tracer, redis) { _, _ in
                throw TestError(description: "<ada@school.example>: unknown")
            }
            let attempts = await spans(of: tracer, redis).filter { $0.kind == .consumer }
            #expect(attempts.count == 3 && Set(attempts.map(\.context.traceID)).count == 1)
            #expect(attempts.allSatisfy { $0.parent == nil && $0.errorType == "TestError" })
            let outcomes = attempts.flatMap(\.attributes).filter { $0.key == "coursework.outcome" }.map(\.value)
            #expect(outcomes == [.text("retried"), .text("retried"), .text("dead")])
            #expect(!"\(attempts)".contains("ada@"))
        }
    }

    @Test(arguments: ["00-\(traceID)-00f067aa0ba902b7-00", "no trace", "00-\(traceID)-0000000000000000-01"])
    func `a trace that nobody wants to see is not told, and what is none is no error`(field: String) async throws {
        try await withRedis { redis in
            let (queue, tracer) = (JobQueue("q", client: redis.client), Tracer(sample: 0))
            _ = try await redis.client.call(
                "XADD", queue.keys.stream, "*", "type", "test.job", "args", #"{"number":1}"#, "trace", field)
            try await work(off: queue, tracer, redis) { _, _ in .success() }
            #expect(tracer.queue.count == 0)
            #expect(try await queue.statistics().counters["dead"] ?? 0 == 0)
        }
    }

    @Test func `what a job enqueues and calls stands below its attempt`() async throws {
        try await withRedis { redis in
            let (queue, tracer) = (JobQueue("q", client: redis.client), Tracer())
            try await queue.add()
            try await work(off: queue, tracer, redis) { job, context in
                guard job.number == 0 else { return .success() }
                await OutsideCall.during("ask", .client, []) {}
                try await context.enqueue(NewJob(TestJob(number: 1), queue: "q"))
                return .success()
            }
            let spans = await spans(of: tracer, redis)
            let attempts = spans.filter { $0.kind == .consumer }
            let enqueue = try #require(spans.first { $0.kind == .producer })
            #expect(attempts.count == 2 && Set(spans.map(\.context.traceID)).count == 1)
            // The one that was enqueued may end before the other one does.
            let first = try #require(attempts.first { $0.parent == nil })
            let second = try #require(attempts.first { $0.parent != nil })
            let ofFirst = spans.filter { $0.parent == first.context }.map(\.name)
            #expect(ofFirst == ["ask", "enqueue q", "wait q"])
            #expect(enqueue.name == "enqueue q" && !enqueue.hasRemoteParent && enqueue.errorType == nil)
            #expect(second.parent == enqueue.context && second.links == [enqueue.context])
        }
    }

    /// A logger that knows nothing of jobs, such as a client of a server has.
    @Test func `all that is logged while a job runs says which`() async throws {
        try await withRedis { redis in
            let (queue, log) = (JobQueue("q", client: redis.client), CollectedLog())
            _ = try await redis.client.call(
                "XADD", queue.keys.stream, "1-0", "type", "test.job", "args", #"{"number":1}"#, "trace", Self.parent)
            let logger = log.logger().with([("client", "a client")])
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, log: log) { _, context in
                logger.info("from elsewhere")
                await Task { logger.info("from a task") }.value
                context.logger.info("from the job")
                return .success()
            }
            try await queue.untilIdle()
            try await worker.stop()
            for message in ["from elsewhere", "from a task", "from the job", "done"] {
                let line = try #require(log.lines.first { $0.message == message })
                #expect(field("job_id", of: line) == "q:1-0", "\(message)")
                #expect(field("trace_id", of: line) == .verbatim(Self.traceID), "\(message)")
                #expect(Set(line.fields.map(\.name)).count == line.fields.count, "\(message)")
            }
            let other = try #require(log.lines.first { $0.message == "stopped" })
            #expect(field("job_id", of: other) == nil)
        }
    }
}
