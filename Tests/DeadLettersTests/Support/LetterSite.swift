import DeadLetters
import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport

/// A queue in an empty database, with a worker that buries jobs and an administrator who reads them.
struct LetterSite {
    let client: RedisClient
    let loop: EventLoop
    let queue: JobQueue
    let store: LetterStore
    let worker = WorkerID(host: "ada", process: 1)

    init(_ client: RedisClient, loop: EventLoop) async throws {
        self.client = client
        self.loop = loop
        queue = JobQueue("q", client: client)
        store = LetterStore("q", client: client)
        try await FunctionLibrary(client: client).ensure()
        try await queue.join(worker)
    }

    // MARK: Jobs

    /// Enqueues a job as any producer may.
    func enqueue(_ fields: String...) async throws {
        var pipeline = RedisPipeline()
        pipeline.add(["XADD", queue.keys.stream, "*"] + fields)
        if let error = try await client.send(pipeline).firstError { throw error }
    }

    func claim(_ count: Int = 1000, lanes: [Lane] = [.ordinary]) async throws -> [ClaimedJob] {
        let claimer = JobClaimer(queues: ["q"], worker: worker, client: client)
        var jobs: [ClaimedJob] = []
        for lane in lanes { jobs += try await claimer.claim(from: 0, lane: lane, count: count).map(\.job) }
        return jobs
    }

    /// Asks for the passes of claimed jobs.
    /// - Returns: those that have them.
    @discardableResult
    func enter(_ jobs: [ClaimedJob], _ limit: Limit) async throws -> [ClaimedJob] {
        let told = try await queue.enter(jobs.map { ($0, [limit]) }, by: worker).all
        return zip(jobs, told).filter { $0.1 == .entered }.map(\.0)
    }

    /// Buries all that is ready. Answers how many.
    @discardableResult
    func buryAll(_ error: String = "It failed.", reason: DeathReason = .buried) async throws -> Int {
        let jobs = try await claim()
        for job in jobs { _ = try await queue.bury(job, reason: reason, error: ErrorReport(error), by: worker) }
        return jobs.count
    }

    func completeAll() async throws {
        let jobs = try await claim()
        _ = try await queue.complete(jobs, by: worker)
    }

    /// One dead letter of that id.
    func bury(_ id: String, type: String = "t.x", args: String = "{}", error: String = "It failed.") async throws {
        try await enqueue("type", type, "args", args, "id", id)
        try await buryAll(error)
    }

    /// Dead letters that were buried at these times, by their names.
    func seed(_ letters: [(member: String, buried: Int)], args: String = "{}") async throws {
        _ = try await store.add(
            letters.map { member, buried in
                DeadLetter(
                    id: LetterID(queue: "q", member: member), buried: "\(buried)",
                    fields: LetterFields(["type": "t.x", "args": args, "error": "It failed."]))
            })
    }

    // MARK: Looking

    func letters() async throws -> [DeadLetter] {
        var (scan, found) = (LetterScan(store, DeadFilter(), .oldestFirst), [DeadLetter]())
        while let portion = try await scan.next() { found += portion.letters }
        return found
    }

    func letter(_ member: String) async throws -> DeadLetter {
        guard let letter = try await store.letter(member) else { throw TestFailure("there is no letter \(member)") }
        return letter
    }

    var ready: Int { get async throws { try await client.call("XLEN", queue.keys.stream).integer ?? 0 } }

    /// What is wrong with the places of the letters; nil when each is in all of its places and nothing else is.
    func drift() async throws -> String? {
        let script = """
            local stream = KEYS[1]
            local dead = redis.call('ZRANGE', stream .. ':dead', 0, -1, 'WITHSCORES')
            if #dead / 2 ~= redis.call('HLEN', stream .. ':dead:jobs') then return 'index and bodies differ' end
            local grouped = 0
            for _, group in ipairs(redis.call('ZRANGE', stream .. ':dead:groups', 0, -1)) do
                local count = redis.call('ZCARD', stream .. ':dead:group:' .. group)
                if count == 0 then return 'the group ' .. group .. ' is empty' end
                if redis.call('HEXISTS', stream .. ':dead:groups:about', group) == 0 then return 'nothing about ' .. group end
                grouped = grouped + count
            end
            if redis.call('HLEN', stream .. ':dead:groups:about') ~= redis.call('ZCARD', stream .. ':dead:groups') then
                return 'something is known about a group that is not there'
            end
            if grouped ~= #dead / 2 then return grouped .. ' of ' .. #dead / 2 .. ' letters are in groups' end
            for at = 1, #dead, 2 do
                local fields, job = cmsgpack.unpack(redis.call('HGET', stream .. ':dead:jobs', dead[at])), {}
                for index = 1, #fields, 2 do job[fields[index]] = fields[index + 1] end
                local score = redis.call('ZSCORE', stream .. ':dead:group:' .. (job.group or ''), dead[at])
                if score ~= dead[at + 1] then return dead[at] .. ' is not in its group' end
            end
            return ''
            """
        let told = try await client.call("EVAL", script, "1", queue.keys.stream).string ?? "?"
        return told.isEmpty ? nil : told
    }
}

/// Gives the body a queue on the server that all tests share.
func withLetters(_ body: (LetterSite) async throws -> Void) async throws {
    try await withRedis { redis in try await body(try await LetterSite(redis.client, loop: redis.loop)) }
}
