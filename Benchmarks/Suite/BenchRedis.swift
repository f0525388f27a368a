internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import LocalServers
internal import Platform
internal import RedisClient

/// A Redis under measurement.
struct BenchRedis: Sendable {
    let server: LocalRedis
    let workshop: Workshop
    let client: RedisClient
    let queue: JobQueue

    init(server: LocalRedis, workshop: Workshop) {
        self.server = server
        self.workshop = workshop
        client = RedisClient(server.configuration, name: "bench", loop: workshop.loop)
        queue = JobQueue(Workshop.queue, client: client)
    }

    func stop() async {
        client.close()
        await server.stop()
    }

    var socket: String { String(server.url.dropFirst("unix://".count)) }

    /// Requests a second that `redis-benchmark` reaches with these arguments.
    func redisBenchmark(requests: Int, _ arguments: [String]) async throws -> Double {
        let text = try await workshop.output(
            of: "redis-benchmark", ["-s", socket, "-n", String(requests), "--csv"] + arguments)
        // "test","rps",… in the last line; a custom command's name may itself hold quotes and commas.
        let fields = (text.split(separator: "\n").last ?? "").split(separator: "\",\"")
        guard fields.count >= 8, let rate = Double(fields[fields.count - 7]) else {
            throw BenchmarkFailure(description: "redis-benchmark said something unexpected: \(text)")
        }
        return rate
    }

    /// The yardstick of `performance.md`: what any rival's figure is divided by.
    func setRate() async throws -> Double {
        try await redisBenchmark(
            requests: workshop.jobs(300_000), ["-c", "50", "-P", "1", "-d", "120", "-t", "set"])
    }

    /// `redis-benchmark` adding the very entries that our enqueue adds, to a stream of its own.
    func addRate(requests: Int, clients: Int, pipeline: Int) async throws -> Double {
        let rate = try await redisBenchmark(
            requests: requests,
            ["-c", String(clients), "-P", String(pipeline), "XADD", "ceiling", "*", "type", Workshop.type.name, "args"]
                + [String(decoding: Workshop.payload, as: UTF8.self)])
        try await empty()
        return rate
    }

    /// Enqueues in bulk.
    /// - Parameter use: makes something else of a job than a plain one.
    func fill(
        _ count: Int, args: [UInt8] = Workshop.payload, use: (@Sendable (inout NewJob) -> Void)? = nil
    ) async throws {
        let job = NewJob(Workshop.type, queue: Workshop.queue, args: args)
        var portion = Array(repeating: job, count: min(count, 50_000))
        for begun in stride(from: 0, to: count, by: portion.count) {
            if let use { for index in portion.indices { use(&portion[index]) } }
            for result in await queue.enqueue(contentsOf: portion.prefix(count - begun)) { _ = try result.get() }
        }
    }

    func empty() async throws { _ = try await client.call("FLUSHALL") }
}
