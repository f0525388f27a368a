import JobQueue
import Jobs
import Platform
import RedisClient
import Schedules
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Workers and schedules", .timeLimit(.minutes(4)))
struct ScheduleTests {
    /// A schedule that fired six, four and two minutes ago, and does not fire again while a test runs.
    private func schedule(missed: MissedFireTimes, now: UnixTime) throws -> (schedule: Schedule, times: [UnixTime]) {
        let thisMinute = now.seconds / 60
        let times = [6, 4, 2].map { UnixTime(seconds: (thisMinute - $0) * 60) }
        let minutes = times.map { String($0.seconds / 60 % 60) }.joined(separator: ",")
        let schedule = Schedule(
            name: "s", cron: try CronExpression("\(minutes) * * * *"), missed: missed, type: TestJob.type, queue: "q",
            args: Array(#"{"number":7}"#.utf8))
        return (schedule, times)
    }

    /// The fire times of the jobs that ran, in their order.
    private final class Ran: Sendable {
        private let all = Mutex<[Int]>([])

        var times: [UnixTime] { all.withLock { $0.map { UnixTime(milliseconds: $0) } } }

        func body() -> @Sendable (TestJob, JobContext) async throws -> Outcome {
            { job, context in
                self.all.withLock { $0.append(job.number == 7 ? context.scheduledForMilliseconds ?? 0 : 0) }
                return .success()
            }
        }
    }

    @Test(arguments: MissedFireTimes.allCases)
    func `of two workers that start after an outage one fires what the rule says`(missed: MissedFireTimes) async throws
    {
        try await withRedis { redis in
            try await FunctionLibrary(client: redis.client).ensure()
            let queue = JobQueue("q", client: redis.client)
            let now = try await queue.statuses(ofSchedules: []).now
            let (schedule, times) = try schedule(missed: missed, now: now)
            _ = try await queue.fire(schedule, inSightSince: UnixTime(seconds: now.seconds - 1800))
            let (ran, other) = (Ran(), try EventLoop(name: "other"))
            defer { other.stop() }
            let workers = try await [redis.loop, other].concurrentMap { loop in
                try await TestWorker.start(
                    redis.configuration, on: loop,
                    options: {
                        $0.schedules = [schedule]
                        $0.slots = 1
                    }, run: ran.body())
            }
            try await eventually("all is settled") {
                try await queue.fire(schedule).settledThrough == times[2]
            }
            let expected = missed == .skip ? [] : missed == .latest ? [times[2]] : times
            try await eventually("what is due has run") { ran.times.count >= expected.count }
            try await queue.untilIdle()
            for worker in workers { try await worker.stop() }
            #expect(ran.times.sorted() == expected)
            #expect(try await queue.statistics().counters["done"] ?? 0 == expected.count)
            #expect(try await queue.statuses(ofSchedules: ["s"]).schedules[0].lastFired == expected.last)
        }
    }

    @Test func `a schedule that is new fires nothing of the past, and others' queues are left alone`() async throws {
        try await withRedis { redis in
            try await FunctionLibrary(client: redis.client).ensure()
            let queue = JobQueue("q", client: redis.client)
            let (schedule, _) = try schedule(missed: .all, now: try await queue.statuses(ofSchedules: []).now)
            let elsewhere = Schedule(
                name: "elsewhere", cron: schedule.cron, type: TestJob.type, queue: "elsewhere", args: schedule.args)
            let ran = Ran()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.schedules = [elsewhere, schedule] }, run: ran.body())
            try await eventually("the schedule is known") {
                try await redis.client.call("EXISTS", queue.keys.schedules).integer == 1
            }
            try await worker.stop()
            #expect(ran.times.isEmpty)
            #expect(try await queue.statistics().counters["done"] == nil)
            #expect(try await redis.client.call("EXISTS", "cw:{elsewhere}:schedules").integer == 0)
        }
    }

    // MARK: A minute that comes

    private static let everyMinute: Schedule = {
        guard let cron = try? CronExpression("* * * * *") else { preconditionFailure("a line that is none") }
        return Schedule(name: "s", cron: cron, type: TestJob.type, queue: "q", args: Array(#"{"number":7}"#.utf8))
    }()

    @Test func `a minute that comes is fired by the clock of Redis, by one of three workers, and not before`()
        async throws
    {
        try await withRedis { redis in
            let lateness = Mutex<[Int]>([])
            var workers: [TestWorker] = []
            for _ in 0..<3 {
                let worker = try await TestWorker.start(
                    redis.configuration, on: redis.loop, options: { $0.schedules = [Self.everyMinute] }
                ) { _, context in
                    let now = try await redis.client.call("TIME").elements.compactMap(\.integer)
                    let due = context.scheduledForMilliseconds ?? .max
                    lateness.withLock { $0.append(now[0] * 1000 + now[1] / 1000 - due) }
                    return .success()
                }
                workers.append(worker)
            }
            try await eventually(within: .seconds(90), "it has fired") { lateness.withLock { !$0.isEmpty } }
            for worker in workers { try await worker.stop() }
            let all = lateness.withLock { $0 }
            #expect(all.count == 1 && all.allSatisfy { $0 >= 0 && $0 < 60_000 }, "\(all)")
        }
    }

    @Test func `a minute that comes while Redis is away is fired when it is back`() async throws {
        try await withPrivateRedis { redis in
            let ran = Ran()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.schedules = [Self.everyMinute] }, run: ran.body())
            let client = redis.newClient()
            defer { client.close() }
            try await eventually("the schedule is known") {
                try await client.call("EXISTS", "cw:{q}:schedules").integer == 1
            }
            let now = try await JobQueue("q", client: client).fire(Self.everyMinute).now
            let left = 60_000 - now % 60_000
            // Its absence begins two seconds before the minute, and ends half a second after it.
            try await Task.sleep(for: .milliseconds(max(0, left - 2000)))
            redis.freeze()
            try await Task.sleep(for: .milliseconds(min(left, 2000) + 500))
            redis.thaw()
            try await eventually("it has fired") { !ran.times.isEmpty }
            try await worker.stop()
            #expect(ran.times == [UnixTime(milliseconds: now + left)])
        }
    }
}

extension Array where Element: Sendable {
    /// Results in the order of the elements.
    fileprivate func concurrentMap<Result: Sendable>(
        _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            for element in self { group.addTask { try await transform(element) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
