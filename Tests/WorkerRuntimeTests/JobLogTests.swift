import JobQueue
import Jobs
import Logging
import Platform
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a tracked job says", .timeLimit(.minutes(1)))
struct JobLogTests {
    /// Runs one job, and tells what was kept of what it said when its end was known.
    private func lines(
        tracked: Bool = true, log: CollectedLog = CollectedLog(),
        run: @escaping @Sendable (JobContext) async throws -> Outcome
    ) async throws -> [JobLogLine] {
        var lines: [JobLogLine] = []
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, log: log) { _, context in
                try await run(context)
            }
            var new = try NewJob(TestJob(number: 1), queue: "q")
            if tracked { new.trackFor = .seconds(100) }
            let id = try await queue.enqueue(new)
            if tracked {
                let waiting = redis.newClient()
                defer { waiting.close() }
                _ = try #require(try await queue.waitForEnd(of: id, for: .seconds(30), through: waiting))
            } else {
                try await queue.untilIdle()
            }
            lines = try await queue.log(of: id)
            try await worker.stop()
        }
        return lines
    }

    @Test func `is there before its end is, and in the worker's own log with all that belongs to it`() async throws {
        let log = CollectedLog()
        let lines = try await lines(log: log) { context in
            context.logger.info("begun", [("pages", 3), ("title", "A\u{1B}[2J")])
            context.logger.debug("of no interest")
            context.logger.with([("chapter", 1)]).warning("half way")
            context.logger.error("last")
            return .success()
        }
        #expect(lines.map(\.message) == ["begun", "half way", "last"])
        #expect(lines.map(\.level) == ["info", "warning", "error"])
        #expect(lines[0].fields == ["pages": "3", "title": "A\u{1B}[2J"] && lines[1].fields == ["chapter": "1"])
        let begun = try #require(log.lines.first { $0.message == "begun" })
        #expect(begun.fields.map(\.name).contains("job_id") && begun.fields.map(\.name).contains("pages"))
        #expect(log.lines.contains { $0.message == "of no interest" })
    }

    @Test func `is there although it fails`() async throws {
        let lines = try await lines { context in
            context.logger.info("before")
            return .bury(reason: "It cannot be done.")
        }
        #expect(lines.map(\.message) == ["before"])
    }

    @Test func `is bounded, however much it says`() async throws {
        let lines = try await lines { context in
            for number in 0..<50_000 { context.logger.info("line \(number)") }
            return .success()
        }
        #expect(lines.count <= JobQueue.mostLogLines && lines.last?.message == "line 49999")
        #expect(lines.contains { $0.message.hasSuffix("lines are left out here.") && $0.level == "warning" })
    }

    @Test func `is not kept of a job that nobody tracks`() async throws {
        let lines = try await lines(tracked: false) { context in
            context.logger.info("said")
            return .success()
        }
        #expect(lines.isEmpty)
    }
}
