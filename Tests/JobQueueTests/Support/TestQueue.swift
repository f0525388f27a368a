import JobQueue
import Jobs
import RedisClient
import TestSupport

/// A queue in an empty database of a real server, and two workers.
struct TestQueue {
    let client: RedisClient
    let queue: JobQueue
    let ada = WorkerID(host: "ada", process: 1)
    let bob = WorkerID(host: "bob", process: 2)

    init(_ client: RedisClient, name: QueueName = "q") {
        self.client = client
        queue = JobQueue(name, client: client)
    }

    var state: [String] { get async throws { try await StateDump.lines(queue, client) } }

    /// Writes an entry as any producer may.
    func add(_ entry: String = "*", _ fields: String...) async throws {
        let fields = fields.isEmpty ? ["type", "t.x", "args", "{}"] : fields
        var pipeline = RedisPipeline()
        pipeline.add(["XADD", queue.keys.stream, entry] + fields)
        if let error = try await client.send(pipeline).firstError { throw error }
    }

    /// Both workers join, and jobs `1-0`, `2-0`, … are ready.
    func seed(_ count: Int) async throws {
        try await join()
        for number in stride(from: 1, through: count, by: 1) { try await add("\(number)-0") }
    }

    func join() async throws {
        try await FunctionLibrary(client: client).ensure()
        try await queue.join(ada)
        try await queue.join(bob)
    }

    /// As a worker does that looks for jobs which were let go on.
    func claim(_ count: Int = 1, by worker: WorkerID) async throws -> [ClaimedJob] {
        let claimer = JobClaimer(queues: [queue.name], worker: worker, client: client)
        var jobs: [ClaimedJob] = []
        for lane in Lane.allCases where jobs.count < count {
            jobs += try await claimer.claim(from: 0, lane: lane, count: count - jobs.count).map(\.job)
        }
        return jobs
    }

    /// What another worker's rescue does to jobs whose lease ran out.
    func takeAll(for worker: WorkerID, tolerance: Tolerance = Tolerance(crashes: 100)) async throws -> [ClaimedJob] {
        try await queue.rescue(for: worker, lease: .zero, limit: 1000, tolerance: tolerance).jobs
    }
}

extension ClaimedJob {
    var entryText: String { String(decoding: entry, as: UTF8.self) }
}

/// Gives the body a queue on the server that all tests share.
func withQueue(_ body: (TestQueue) async throws -> Void) async throws {
    try await withRedis { redis in
        try await FunctionLibrary(client: redis.client).ensure()
        try await body(TestQueue(redis.client))
    }
}
