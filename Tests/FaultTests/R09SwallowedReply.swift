import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// Answers of Redis are lost, again and again, between it and a worker and between it and producers. Nobody knows
/// whether it did what it was told, so each asks again; and being asked twice, it does it once.
@Suite("R-09 swallowed replies", .inTurns(limit: .seconds(300)))
struct R09SwallowedReply {
    @Test(arguments: [7, 97])
    func `a job enqueued again with its key is one job, and no claim is stranded`(every: Int) async throws {
        try await run(.current, every: every).mustHold()
    }

    @Test func `without keys, jobs enqueued again are two jobs`() async throws {
        try await run(.short, every: 7, keyed: false).mustFail(without: "idempotency keys", showing: "more than once")
    }

    @Test func `without a look at the key, jobs enqueued again are two jobs`() async throws {
        try await run(.short, every: 7, mutant: "an idempotency key is not looked at").mustFail(
            without: "a look at idempotency keys", showing: "more than once")
    }

    @Test func `without rescue, claims whose answer was lost are stranded`() async throws {
        try await run(.short, every: 7, without: .rescue).mustFail(without: "rescue", showing: "were not done")
    }

    private func run(
        _ form: Form, every: Int, keyed: Bool = true, without protection: Protection? = nil, mutant: String? = nil
    ) async throws -> Verdict {
        var verdict = Verdict("R-09 every \(every)th reply swallowed", scaled: "5,000 of 50,000 jobs")
        try await Stage.with(without: protection) { stage in
            let proxy = try FaultProxy(to: stage.redis.configuration)
            defer { proxy.stop() }
            guard case .unix(let socket) = proxy.configuration.endpoint else { return }
            let worker = try await stage.work(["REDIS_URL": "unix://\(socket)"])
            try await stage.load(mutant: mutant)
            proxy.set(.loseEvery(every))
            let jobs = form(short: 400, full: 5000)
            let asked = await enqueue(jobs, keyed: keyed, through: proxy, stage)
            // Claims go on losing answers; at the end the network is whole, and a lease later all is done.
            try? await eventually(within: form(short: .seconds(5), full: .seconds(60)), "most jobs are done") {
                try await stage.stored < jobs / 10
            }
            proxy.set(.none)
            let checker = try await stage.check(&verdict, within: form(short: .seconds(5), full: .seconds(20)))
            verdict.add("asked again", asked - jobs)
            guard asked > jobs else { throw TestFailure("No answer was lost: the test was too gentle.") }
            let jobsAKey = Dictionary(grouping: checker.executions.all, by: \.key).mapValues {
                Set($0.map(\.job)).count
            }
            let multiple = jobsAKey.filter { $0.value > 1 }
            verdict.expect(multiple.isEmpty, "\(multiple.count) jobs were stored more than once")
            verdict.add("ran twice", checker.effects.count { $0.value > 1 })
            try await stage.end(worker, &verdict)
        }
        return verdict
    }

    /// Stores each job, asking until there is an answer.
    /// - Returns: how often was asked.
    private func enqueue(_ jobs: Int, keyed: Bool, through proxy: FaultProxy<RedisConfiguration>, _ stage: Stage) async
        -> Int
    {
        let tally = Tally<String>()
        await withDiscardingTaskGroup { group in
            for producer in 0..<8 {
                group.addTask {
                    var configuration = proxy.configuration
                    configuration.reconnectCap = .milliseconds(20)
                    let client = RedisClient(configuration, name: "producer", loop: Program.loop)
                    defer { client.close() }
                    for number in stride(from: producer, to: jobs, by: 8) {
                        let key = "k\(number)"
                        var job = stage.job(key, milliseconds: 1)
                        if keyed { job.idempotencyKey = IdempotencyKey(key) }
                        repeat { tally.add("asked") } while await !stage.store(job, key, through: client)
                    }
                }
            }
        }
        return tally.total
    }
}

extension Stage {
    /// False when the answer was lost.
    fileprivate func store(_ job: NewJob, _ key: String, through client: RedisClient) async -> Bool {
        do throws(RedisError) {
            _ = try await JobQueue(.default, client: client).enqueue(job)
            journal.note(key, .acked)
            return true
        } catch { return false }
    }
}
