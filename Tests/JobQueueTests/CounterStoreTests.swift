import Jobs
import Metrics
import RedisClient
import Schedules
import TestSupport
import Testing

@testable import JobQueue

@Suite("Counters in Redis", .timeLimit(.minutes(1)))
struct CounterStoreTests {
    @Test func `adds up what several tell`() async throws {
        try await withRedis { redis in
            let (store, key) = (CounterStore(client: redis.client), CounterStore.key(of: "emails"))
            let increments = [
                CounterIncrement(key, JobCountName.ended("a.b", "done"), by: 2),
                CounterIncrement(key, JobCountName.ran("a.b", DurationCell(0, of: .jobs)), by: 2),
                CounterIncrement(key, JobCountName.ran("a.b", DurationCell(18, of: .jobs)), by: 1),
                CounterIncrement(key, JobCountName.ran("a.b", .sum), by: 700),
            ]
            for _ in 1...3 { #expect(try await store.add(increments, duties: ["promote": 5]).refused.isEmpty) }
            let counts = try #require(try await store.counts(of: "emails")["a.b"])
            #expect(counts.ended == ["done": 6] && counts.waited.count == 0)
            #expect(counts.ran.counts.first == 6 && counts.ran.counts.last == 3 && counts.ran.sumMicroseconds == 2100)
            #expect(try await store.duties() == ["promote": 5])
        }
    }

    @Test func `what somebody else wrote there does no harm`() async throws {
        try await withRedis { redis in
            let (store, key) = (CounterStore(client: redis.client), CounterStore.key(of: "q"))
            _ = try await redis.client.call(
                "HSET", key, "a", "1", "a.b ended", "1", "a.b ran x", "1", "a.b ran -5", "1", "a.b ended done", "x",
                "a.b what x", "1", "a.b ended dead", "-1")
            #expect(try await store.counts(of: "q").values.allSatisfy { $0.ended.isEmpty && $0.ran.count == 0 })
            _ = try await redis.client.call("DEL", key)
            _ = try await redis.client.call("SET", key, "text")
            // Nothing that could ever be added later.
            #expect(try await store.add([CounterIncrement(key, "a.b ended done", by: 1)]).refused.isEmpty)
        }
    }

    @Test func `types beyond the most are counted together`() {
        let numbers = Dictionary(
            uniqueKeysWithValues: (0..<(CounterStore.mostTypes + 50)).map { ("t\($0).x ended done", 1) })
        let counts = CounterStore.read(numbers)
        #expect(counts.count == CounterStore.mostTypes + 1)
        #expect(counts[CounterStore.otherType]?.ended == ["done": 50])
    }

    @Test func `knows how long a schedule is overdue`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let schedule = Schedule(
                name: "minutely", cron: try CronExpression("* * * * *"), type: "a.b", queue: "q")
            let unknown = try #require(try await queue.progress(of: [schedule])["minutely"])
            #expect(unknown.overdue(schedule, at: UnixTime(seconds: 0)) == nil)
            let state = try await queue.fire(schedule)
            let progress = try #require(try await queue.progress(of: [schedule])["minutely"])
            let next = try #require(schedule.next(after: state.settledThrough))
            #expect(progress.overdue(schedule, at: next) == .zero)
            #expect(progress.overdue(schedule, at: UnixTime(seconds: next.seconds + 150)) == .seconds(150))
            try await queue.pause(schedule: "minutely")
            let paused = try #require(try await queue.progress(of: [schedule])["minutely"])
            #expect(paused.isPaused && paused.overdue(schedule, at: UnixTime(seconds: next.seconds + 150)) == .zero)
        }
    }
}
