import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a worker says of itself", .timeLimit(.minutes(1)))
struct AnnouncementTests {
    @Test func `is there when it begins, and gone when it ended`() async throws {
        try await withRedis { redis in
            let registry = WorkerRegistry(client: redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                options: {
                    $0.pool = "media"
                    $0.version = "1.2.3"
                }
            ) { _, _ in .success() }
            try await eventually("the worker is known") { try await !registry.workers().isEmpty }
            let entry = try #require(try await registry.workers().first)
            #expect(entry.id == worker.worker.id && !entry.isSilent)
            let report = try #require(entry.report)
            #expect(report.pool == "media" && report.version == "1.2.3" && report.queues == ["q"] && report.slots == 4)
            try await worker.stop()
            #expect(try await registry.workers().isEmpty)
        }
    }

    @Test func `tells what it runs, and which dependencies it does not call`() async throws {
        struct Away: Error {}
        try await withRedis { redis in
            let (registry, queue) = (WorkerRegistry(client: redis.client), JobQueue("q", client: redis.client))
            let goOn = Promise<Void>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                for _ in 1...10 { try? await context.breaker("mail").call { throw Away() } }
                await goOn.wait()
                return .success()
            }
            try await queue.add()
            try await eventually(within: .seconds(30), "the worker tells of its job") {
                try await registry.workers().first?.report?.running == 1
            }
            let report = try #require(try await registry.workers().first?.report)
            #expect(report.held == 1)
            #expect(report.breakers.map(\.name) == ["mail"] && report.breakers.map(\.state) == [.open])
            goOn.complete(with: ())
            try await worker.stop()
        }
    }
}
