import JobQueue
import RedisClient
import Schedules
import TestSupport
import Testing

@Suite("Schedules", .timeLimit(.minutes(1)))
struct ScheduleTests {
    @Test func `forty workers that fire the same times at once make one job of each`() async throws {
        try await withRedis { redis in
            try await FunctionLibrary(client: redis.client).ensure()
            let q = TestQueue(redis.client)
            let site = try await ScheduleSite(q)
            let clients = (0..<8).map { _ in redis.newClient() }
            defer { for client in clients { client.close() } }
            let fired = try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 0..<40 {
                    group.addTask {
                        // Each begins where it believes to be: all lists end with the same times.
                        let times = stride(from: 10 + number, through: 1, by: -1).map(site.time)
                        let queue = JobQueue("q", client: clients[number % clients.count])
                        return try await queue.fire(site.schedule, at: times).jobs.map(\.token)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(fired).count == fired.count && fired.count >= 10)
            #expect(try await site.has(jobs: fired.count))
            #expect(try await q.state.filter { $0.hasPrefix("entry") }.count == fired.count)
        }
    }

    @Test func `a job says for when it is, and by its id which schedule made it`() async throws {
        try await withQueue { q in
            try await q.join()
            let site = try await ScheduleSite(q)
            let time = site.time(3)
            let state = try await site.fire(3)
            #expect(state.jobs.map(\.token) == ["s-\(time.milliseconds)"])
            #expect(state.lastFired == time && state.settledThrough == time && !state.isPaused)
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(job.scheduledForMilliseconds == time.milliseconds)
            #expect(job.token == "s-\(time.milliseconds)")
            #expect(String(decoding: job.args, as: UTF8.self) == #"{"a":1}"#)
            // Through every retry.
            #expect(try await q.queue.retry(job, in: .zero, error: "e", by: q.ada))
            _ = try await q.queue.promote()
            let again = try #require(try await q.claim(by: q.ada).first)
            #expect(again.scheduledForMilliseconds == time.milliseconds && again.token == job.token)
        }
    }

    @Test(arguments: ["ready", "active", "retrying", "dead", "gone"])
    func `a time is not made up twice while its job is there, whatever was lost of the schedule`(place: String)
        async throws
    {
        try await withQueue { q in
            try await q.join()
            let site = try await ScheduleSite(q)
            try await site.fire(3)
            if place != "ready" {
                let job = try #require(try await q.claim(by: q.ada).first)
                switch place {
                case "retrying": #expect(try await q.queue.retry(job, in: .seconds(60), error: "e", by: q.ada))
                case "dead": #expect(try await q.queue.bury(job, reason: .buried, error: "e", by: q.ada))
                case "gone": #expect(try await q.queue.complete([job], by: q.ada) == [])
                default: break
                }
            }
            let before = try await q.queue.statistics()
            _ = try await q.client.call("DEL", q.queue.keys.schedules)
            // A worker goes on that has had the schedule in sight all the time.
            let again = try await q.queue.fire(
                site.schedule, at: [site.time(3)], inSightSince: UnixTime(seconds: site.now.seconds - 3600))
            #expect(again.jobs.map(\.token) == ["s-\(site.time(3).milliseconds)"])
            var expected = before
            if place == "gone" { expected.ready = 1 }
            var after = try await q.queue.statistics()
            (after.oldestReadyMilliseconds, expected.oldestReadyMilliseconds) = (0, 0)
            #expect(after == expected)
        }
    }

    @Test func `names that are too long for a token are told apart`() async throws {
        try await withQueue { q in
            var tokens: Set<String> = []
            for end in ["a", "b"] {
                let site = try await ScheduleSite(q, name: String(repeating: "n", count: 63) + end)
                let jobs = try await site.fire(3).jobs
                #expect(jobs.count == 1)
                tokens.formUnion(jobs.map(\.token))
            }
            #expect(tokens.count == 2 && tokens.allSatisfy { $0.count == 64 })
        }
    }

    @Test func `what is settled without a job is not fired any more`() async throws {
        try await withQueue { q in
            let site = try await ScheduleSite(q)
            let state = try await q.queue.fire(site.schedule, settling: site.time(5))
            #expect(state.jobs.isEmpty && state.lastFired == nil && state.settledThrough == site.time(5))
            #expect(try await site.fired(9, 5, 4) == [4])
            // Not beyond the present, whatever a fast clock says.
            let early = try await q.queue.fire(site.schedule, settling: site.time(-60))
            #expect(early.settledThrough < site.time(-5))
        }
    }

    @Test func `a line that is changed begins then, and workers that still have the old one go on`() async throws {
        try await withQueue { q in
            let site = try await ScheduleSite(q)
            let changed = try ScheduleSite.schedule("s", line: "*/2 * * * *")
            #expect(try await q.queue.fire(changed, at: [site.time(5)]).jobs.isEmpty)
            #expect(try await site.fired(5) == [5])
            // A time that both have is fired by whoever is first.
            let later = try await q.queue.fire(changed, at: [site.time(4)], inSightSince: site.time(5))
            #expect(later.jobs.isEmpty, "the new line began after that")
            #expect(try await site.fired(4) == [4])
            #expect(try await site.has(jobs: 2))
        }
    }

    @Test func `a Redis that lost everything is told since when the worker knows the schedule`() async throws {
        try await withQueue { q in
            let site = try await ScheduleSite(q)
            #expect(try await site.fired(5) == [5])
            _ = try await q.client.call("DEL", q.queue.keys.schedules)
            let state = try await q.queue.fire(
                site.schedule, at: [site.time(5), site.time(4)], inSightSince: site.time(5))
            #expect(state.jobs.count == 1 && state.lastFired == site.time(4))
        }
    }

    @Test func `what nobody spoke of for a month is forgotten, a pause is not`() async throws {
        try await withQueue { q in
            let old = try await ScheduleSite(q, name: "old")
            #expect(try await old.fired(5) == [5])
            try await q.queue.pause(schedule: "old")
            try await old.forget()
            let site = try await ScheduleSite(q, name: "new")
            let names = Set(
                try await site.fields.keys.map { $0.split(separator: ":").prefix(2).joined(separator: ":") })
            #expect(names == ["old:paused", "new:line"])
        }
    }

    @Test func `is paused and resumed once, and tells so`() async throws {
        try await withQueue { q in
            _ = try await ScheduleSite(q)
            #expect(try await q.queue.pause(schedule: "s"))
            #expect(try await !q.queue.pause(schedule: "s"))
            let paused = try await q.queue.statuses(ofSchedules: ["t", "s"]).schedules
            #expect(paused.map(\.isPaused) == [false, true])
            #expect(try await q.queue.resume(schedule: "s"))
            #expect(try await !q.queue.resume(schedule: "s"))
            let resumed = try await q.queue.statuses(ofSchedules: ["s"]).schedules
            #expect(resumed.map(\.isPaused) == [false])
        }
    }

    @Test func `what makes no sense is refused, and changes nothing`() async throws {
        try await withQueue { q in
            let key = q.queue.keys.stream
            let wrong = [
                ["", "l", "t.x", "{}", "0", "0", "1"], ["a b", "l", "t.x", "{}", "0", "0", "1"],
                ["s", "l", "t.x", "{}", "x", "0", "1"], ["s", "l", "t.x", "{}", "0", "-1", "1"],
                ["s", "l", "t.x", "{}", "0", "0", "2", "1"], ["s", "l", "t.x", "{}", "0", "0", "1", "1"],
                ["s", "l", "t.x", "{}", "0", "0", "1.5"], ["s", "l", "t.x", "{}"],
            ]
            for words in wrong {
                var pipeline = RedisPipeline()
                pipeline.add(["FCALL", "cw_fire", "1", key] + words)
                let reply = try await q.client.send(pipeline)
                #expect(reply.firstError != nil, "\(words)")
            }
            let made = try await q.client.call("EXISTS", key, q.queue.keys.schedules).integer
            #expect(made == 0)
        }
    }

    @Test func `a key that holds something else is left alone`() async throws {
        try await withQueue { q in
            let schedule = try ScheduleSite.schedule("s")
            for key in [q.queue.keys.stream, q.queue.keys.schedules] {
                _ = try await q.client.call("SET", key, "something else")
                let error = await #expect(throws: RedisError.self) { try await q.queue.fire(schedule) }
                #expect(error?.code == .wrongType)
                _ = try await q.client.call("DEL", key)
            }
        }
    }

    @Test func `with a full memory nothing is fired, and it can be paused`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let q = TestQueue(client)
            try await q.join()
            let site = try await ScheduleSite(q)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "1")
            let error = await #expect(throws: RedisError.self) { try await site.fire(5) }
            #expect(error?.code == .outOfMemory)
            #expect(try await q.queue.pause(schedule: "s"))
            #expect(try await q.queue.resume(schedule: "s"))
            _ = try await client.call("CONFIG", "SET", "maxmemory", "0")
            #expect(try await site.fired(5) == [], "it was resumed after that")
        }
    }
}
