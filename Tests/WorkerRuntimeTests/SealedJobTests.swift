import JobQueue
import Jobs
import RedisClient
import Schedules
import Sealing
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

/// What Redis must not read, it does not get: everything that a job of a sealed type leaves is looked through for a number.
@Suite("Sealed jobs", .timeLimit(.minutes(1)))
struct SealedJobTests {
    /// No other number of a queue is like it.
    private static let secret = 77_007_700_770_077
    private let key = SealingKey.generate()

    private func sealing(_ redis: TestRedis, with keys: [SealingKey]) -> RedisConfiguration {
        var configuration = redis.configuration
        configuration.companion = Companion(PayloadVault(sealing: [TypePattern("test.*")!], with: keys))
        return configuration
    }

    /// The values of all keys, and their names.
    private func everything(_ redis: TestRedis) async throws -> String {
        var text = ""
        for key in try await redis.client.call("KEYS", "*").elements.compactMap(\.string) {
            let dump = try await redis.client.call("EVAL", Self.reading, "1", key).string ?? ""
            text += key + " " + dump + "\n"
        }
        return text
    }

    private static let reading = """
        local key, kind = KEYS[1], redis.call('TYPE', KEYS[1]).ok
        local reads = {
            string = {'GET', key}, hash = {'HGETALL', key}, list = {'LRANGE', key, 0, -1}, set = {'SMEMBERS', key},
            zset = {'ZRANGE', key, 0, -1}, stream = {'XRANGE', key, '-', '+'},
        }
        -- It may have gone meanwhile.
        if not reads[kind] then return '' end
        local value = redis.call(unpack(reads[kind]))
        return type(value) == 'table' and cjson.encode(value) or tostring(value)
        """

    private func job() throws -> NewJob {
        var job = try NewJob(TestJob(number: Self.secret), queue: "q")
        job.trackFor = .seconds(600)
        return job
    }

    @Test func `a payload, its result, its checkpoint and its links are read by the jobs alone`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            let seen = Mutex<[Int]>([])
            let halves = Mutex<[String]>([])
            let first = try job()
            let id = try await queue.enqueue(first.then(try NewJob(TestJob(number: Self.secret + 1), queue: "q")))
            #expect(try await !everything(redis).contains("\(Self.secret)"))
            let worker = try await TestWorker.start(configuration, on: redis.loop) { job, context in
                seen.withLock { $0.append(job.number) }
                if let input = try context.input(as: Int.self) { seen.withLock { $0.append(input) } }
                if job.number == Self.secret {
                    try await context.save(checkpoint: Self.secret)
                    let kept = try await context.checkpoint(as: Int.self)
                    let half = try await self.everything(redis)
                    halves.withLock { $0.append(half) }
                    #expect(kept == Self.secret)
                }
                return .success(try JobResult(encoding: job.number))
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(seen.withLock { $0 } == [Self.secret, Self.secret + 1, Self.secret])
            let half = halves.withLock { $0.joined() }
            #expect(half.contains("checkpoint") && !half.contains("\(Self.secret)"))
            #expect(try await !everything(redis).contains("\(Self.secret)"))
            let described = try await queue.describe(id)
            #expect(described?.tracked["result"]?.contains("$sealed") == true)
            #expect(described?.revealed(by: queue.vault).tracked["result"] == "\(Self.secret)")
        }
    }

    @Test func `an error is sealed, but for its kind, also in the log`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            let id = try await queue.enqueue(try job())
            let log = CollectedLog()
            let worker = try await TestWorker.start(configuration, on: redis.loop, log: log) { job, _ in
                throw TestError(description: "No room for \(job.number).")
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(try await !everything(redis).contains("\(Self.secret)"))
            #expect(!"\(log.lines)".contains("\(Self.secret)"))
            let letter = try await DeadLetters.only(of: queue, redis.client)
            #expect(letter["kind"] == "TestError" && letter["error"]?.hasPrefix("sealed \"v1.") == true)
            let revealed = try await queue.describe(id)?.revealed(by: queue.vault)
            #expect(revealed?.fields["error"] == "No room for \(Self.secret).")
            #expect(revealed?.fields["args"] == #"{"number":\#(Self.secret)}"#)
            let history = revealed?.fields["history"].flatMap { AttemptHistory(json: $0.utf8) }
            #expect(history?.attempts.map(\.error) == Array(repeating: "No room for \(Self.secret).", count: 3))
        }
    }

    @Test func `what a job says is sealed where others read it, and opens with the key`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            let id = try await queue.enqueue(try job())
            let log = CollectedLog()
            let worker = try await TestWorker.start(configuration, on: redis.loop, log: log) { job, context in
                context.logger.info("It is \(job.number).", [("number", .integer(job.number)), ("n", 1)])
                // As what a handler calls does, with a logger of its own; and much of it.
                log.logger().warning(String(repeating: "\(job.number) ", count: 200))
                context.logger.notice("", [("text", .string(String(repeating: "\(job.number) ", count: 9)))])
                return .success()
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(!"\(log.lines)".contains("\(Self.secret)"))
            let said = log.lines.filter { $0.message.hasPrefix("sealed") }
            #expect(said.count == 3 && said.allSatisfy { $0.fields.contains { $0.name == "job_id" } }, "\(said)")
            #expect(try await !everything(redis).contains("\(Self.secret)"))
            let kept = try await queue.log(of: id)
            #expect(kept.map(\.level) == ["info", "notice"] && kept[0].fields.keys.first == "sealed", "\(kept)")
            let opened = kept.map { $0.revealed(by: queue.vault, of: TestJob.type.name) }
            #expect(opened[0].message == "It is \(Self.secret)." && opened[1].message == "")
            #expect(opened[0].fields == ["number": "\(Self.secret)", "n": "1"])
            #expect(opened[1].fields["text"]?.hasPrefix("\(Self.secret) ") == true)
        }
    }

    @Test func `wherever it waits, and whatever becomes of it, nothing of it can be read`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            let (queue, other) = (JobQueue("q", client: client), JobQueue("other", client: client))
            var places: [String: String] = [:]
            func look(_ place: String, has key: String) async throws {
                let found = try await everything(redis)
                #expect(found.contains(key) && !found.contains("\(Self.secret)"), "\(place): \(found)")
                places[place] = found
            }
            // It waits: for its time, as one of a kind, as the next of another one.
            var later = try job()
            later.delay = .seconds(3600)
            later.idempotencyKey = IdempotencyKey("once")
            _ = try await queue.enqueue(later.then(try NewJob(TestJob(number: Self.secret), queue: "other")))
            var debounced = try job()
            debounced.delay = .seconds(3600)
            debounced.uniqueKey = UniqueKey("one", mode: .debounce)
            for _ in 0..<2 { _ = try await queue.enqueue(debounced) }
            try await look("later", has: "cw:{q}:later:jobs")
            // A batch keeps results; its callback goes to another queue.
            var batch = JobBatch(queue: "q")
            batch.keepResults = 1000
            batch.jobs = [try job(), try job()]
            batch.onComplete = try NewJob(TestJob(number: Self.secret), queue: "other")
            _ = try await queue.enqueue(batch)
            try await look("ready", has: "cw:{q}:batch:")

            let worker = try await TestWorker.start(configuration, on: redis.loop) { _, _ in
                .success(try JobResult(encoding: Self.secret))
            }
            try await eventually("the batch is done, and its callback on the way") {
                try await everything(redis).contains(":results")
            }
            try await look("done", has: ":results")
            try await eventually("the callback got there") { try await other.statistics().ready == 1 }
            try await worker.stop()
            try await look("sent on", has: "cw:{other}")

            // Of a paused type it is held back; when it fails it waits, and is dead; as a letter it is edited.
            _ = try await queue.pause(.type(TestJob.type))
            let idle = try await TestWorker.start(configuration, on: redis.loop) { _, _ in .success() }
            _ = try await queue.enqueue(try job())
            try await eventually("it is held back") { try await everything(redis).contains("cw:{q}:blocked:jobs") }
            try await look("held back", has: "cw:{q}:blocked:jobs")
            try await idle.stop()
            _ = try await queue.resume(.type(TestJob.type))
            let halves = Mutex<[String]>([])
            let unlucky = try await TestWorker.start(
                configuration, on: redis.loop,
                registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 2, by: ["number"])) }
            ) { job, _ in
                let half = try await everything(redis)
                halves.withLock { $0.append(half) }
                throw TestError(description: "No room for \(job.number).")
            }
            try await eventually("it is dead") { try await queue.statistics().dead == 1 }
            try await unlucky.stop()
            let seen = halves.withLock { $0 }
            // While it ran, and while it waited for its next attempt.
            #expect(seen.count == 3 && seen.allSatisfy { !$0.contains("\(Self.secret)") })
            #expect(seen.allSatisfy { $0.contains("policy:test.job:number=") })
            try await look("dead", has: "cw:{q}:dead:jobs")
            #expect(places.count == 6)
        }
    }

    @Test func `a job whose key is missing says which, and runs once it is back`() async throws {
        try await withRedis { redis in
            let client = RedisClient(sealing(redis, with: [key]), loop: redis.loop)
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            _ = try await queue.enqueue(try job())
            let runs = Tally<Int>()
            let stranger = try await TestWorker.start(
                sealing(redis, with: [.generate()]), on: redis.loop
            ) { job, _ in
                runs.add(job.number)
                return .success()
            }
            try await queue.untilIdle()
            try await stranger.stop()
            let letter = try await DeadLetters.only(of: queue, redis.client)
            #expect(letter["reason"] == "failures" && letter["error"]?.contains(key.id) == true, "\(letter)")
            #expect(runs.total == 0)
            // What is sealed is opened whatever the configuration seals.
            var keyed = redis.configuration
            keyed.companion = Companion(PayloadVault(sealing: [], with: [.generate(), key]))
            let worker = try await TestWorker.start(keyed, on: redis.loop) { job, _ in
                runs.add(job.number)
                return .success()
            }
            _ = try await queue.enqueue(NewJob(TestJob.type, queue: "q", args: Array((letter["args"] ?? "").utf8)))
            try await queue.untilIdle()
            try await worker.stop()
            #expect(runs.counts == [Self.secret: 1])
        }
    }

    @Test func `one that was changed is a dead letter at once`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let vault = try #require(configuration.companion?.object as? PayloadVault)
            let moved = vault.seal(Array(#"{"number":1}"#.utf8), of: "test.another")
            let queue = JobQueue("q", client: redis.client)
            _ = try await queue.enqueue(NewJob(TestJob.type, queue: "q", args: moved))
            let worker = try await TestWorker.start(configuration, on: redis.loop) { _, _ in .success() }
            try await queue.untilIdle()
            try await worker.stop()
            let letter = try await DeadLetters.only(of: queue, redis.client)
            #expect(letter["reason"] == "undecodable" && letter["attempt"] == "1", "\(letter)")
            #expect(letter["error"]?.contains("does not open it") == true, "\(letter)")
        }
    }

    @Test func `what comes in the clear runs, and what is pushed or fired is sealed`() async throws {
        try await withRedis { redis in
            let configuration = sealing(redis, with: [key])
            let client = RedisClient(configuration, loop: redis.loop)
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            let pushed = PushedJob(
                token: "pushed", delayMilliseconds: 0, type: "test.job", args: #"{"number":\#(Self.secret)}"#,
                traceparent: nil)
            _ = try await queue.push([pushed], trackFor: .seconds(600))
            var batch = JobBatch(queue: "q")
            batch.jobs = [try NewJob(TestJob(number: Self.secret), queue: "q")]
            batch.onComplete = try NewJob(TestJob(number: Self.secret), queue: "q")
            _ = try await queue.enqueue(batch)
            let everyMinute = Schedule(
                name: "s", cron: try CronExpression("* * * * *"), type: TestJob.type, queue: "q",
                args: Array(#"{"number":\#(Self.secret)}"#.utf8))
            let now = try await RedisServer(client: client).now()
            let minute = UnixTime(milliseconds: now / 60_000 * 60_000)
            let begun = UnixTime(milliseconds: minute.milliseconds - 1)
            let fired = try await queue.fire(everyMinute, at: [minute], inSightSince: begun)
            #expect(fired.jobs.count == 1)
            #expect(try await !everything(redis).contains("\(Self.secret)"))
            _ = try await JobQueue("q", client: redis.client).enqueue(try job())
            #expect(try await everything(redis).contains("\(Self.secret)"))
            let runs = Tally<Int>()
            let worker = try await TestWorker.start(configuration, on: redis.loop) { job, _ in
                runs.add(job.number)
                return .success()
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(runs.counts == [Self.secret: 5])
        }
    }
}
