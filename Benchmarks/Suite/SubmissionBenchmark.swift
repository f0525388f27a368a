internal import Access
internal import Platform
internal import RedisClient

/// Jobs that come by HTTP, one a request and in bulk, into a real server: beside a C program that answers an empty 202, and
/// beside what redis-benchmark adds to a stream. They take turns, so that what else the machine does befalls both.
struct SubmissionBenchmark {
    private static let turns = 3
    private static let threads = 2
    /// Those of one web server, and those of several: jobs that come together share a round trip to Redis.
    private static let (few, many) = (32, 128)
    private static let portion = 500
    /// In milliseconds, of a connection at half load.
    private static let pause = 5

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        guard WebRequests.isHere else { return }
        try await workshop.withRedis { redis in
            let port = try FreePort.find()
            let server = try await WorkerProcess.start(
                ["serve", "--diagnostics", "--listen", "127.0.0.1:\(port)", "--config", try configuration()],
                on: redis.server.url, ["COURSEWORK_LOG_LEVEL": "info"], workshop: workshop)
            do {
                _ = try await single("http://127.0.0.1:\(port)/v1/jobs", over: Self.few, redis, report)
                let rate = try await single(
                    "http://127.0.0.1:\(port)/v1/jobs", over: Self.many, redis, bar: .atLeast(0.4), report)
                try await halfLoad("http://127.0.0.1:\(port)/v1/jobs", rate, redis, report)
                try await bulk("http://127.0.0.1:\(port)/v1/jobs", redis, report)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }
    }

    /// - Returns: jobs a second.
    private func single(
        _ url: String, over connections: Int, _ redis: BenchRedis, bar: Figure.Bar? = nil, _ report: (Figure) -> Void
    ) async throws -> Double {
        let ceiling = try await CeilingServer.start(threads: Self.threads, workshop: workshop)
        defer { ceiling?.stop() }
        let empty = WebRequests(workshop: workshop, connections: connections)
        var (rates, ratios) = ([Double](), [Double]())
        for _ in 1...Self.turns {
            var jobs = try await requests(Self.job, redis)
            jobs.connections = connections
            let rate = try await jobs.measure(url).rate
            rates.append(rate)
            if let ceiling { ratios.append(rate / (try await empty.measure(ceiling.url).rate)) }
        }
        var figure = Figure("POST /v1/jobs, one job, \(connections) connections", rates.median, "jobs/s")
        if !ratios.isEmpty {
            figure.ratios = [.init(of: "an empty 202 in C", ratio: ratios.median, bar: bar)]
        }
        report(figure)
        return rates.median
    }

    private func halfLoad(
        _ url: String, _ rate: Double, _ redis: BenchRedis, _ report: (Figure) -> Void
    ) async throws {
        let ceiling = try await CeilingServer.start(threads: Self.threads, workshop: workshop)
        defer { ceiling?.stop() }
        let connections = max(2, Int(rate / 2 * Double(Self.pause) / 1000))
        let empty = WebRequests(workshop: workshop, connections: connections, pause: Self.pause)
        var (rates, slowest, slowestEmpty) = ([Double](), [Double](), [Double]())
        for _ in 1...Self.turns {
            var jobs = try await requests(Self.job, redis)
            (jobs.connections, jobs.pause) = (connections, Self.pause)
            let answer = try await jobs.measure(url)
            rates.append(answer.rate)
            slowest.append(answer.slowest)
            if let ceiling { slowestEmpty.append(try await empty.measure(ceiling.url).slowest) }
        }
        report(Figure("  at half load", rates.median, "jobs/s"))
        report(
            Figure(
                "  99 of 100 answers then take at most", slowest.median, "ms",
                [.init(of: "5 ms", ratio: slowest.median / 5, bar: .atMost(1))]))
        // What this machine adds by itself, at this hour.
        if !slowestEmpty.isEmpty { report(Figure("  … of an empty 202 in C", slowestEmpty.median, "ms")) }
    }

    private func bulk(_ url: String, _ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let body = "[" + Array(repeating: Self.job, count: Self.portion).joined(separator: ",") + "]"
        var (rates, ratios) = ([Double](), [Double]())
        for _ in 1...Self.turns {
            let most = try await redis.addRate(requests: workshop.jobs(500_000), clients: 50, pipeline: 64)
            let rate = try await requests(body, redis).measure(url).rate * Double(Self.portion)
            rates.append(rate)
            ratios.append(rate / most)
        }
        report(
            Figure(
                "POST /v1/jobs, \(Self.portion) jobs", rates.median, "jobs/s",
                [.init(of: "-P 64 XADD", ratio: ratios.median, bar: .atLeast(0.15))]))
    }

    /// With a key of their own: Redis is emptied between the turns.
    private func requests(_ body: String, _ redis: BenchRedis) async throws -> WebRequests {
        try await redis.empty()
        let store = KeyStore(redis.client)
        guard let key = try await store.create("bench", role: .producer, expires: nil, by: "bench")?.key else {
            throw BenchmarkFailure(description: "no key was made")
        }
        // The server looks for new keys every two seconds.
        await workshop.loop.sleep(for: .seconds(3))
        return WebRequests(workshop: workshop, body: body, key: key.text)
    }

    /// A limit that is counted and never met.
    private func configuration() throws -> String {
        let (file, queue) = (workshop.folder + "/serve.json5", Workshop.queue.name)
        try workshop.write(
            #"{ queues: ["\#(queue)"], pools: { main: { queues: ["\#(queue)"] } }, "#
                + #"server: { rateLimit: { key: "1000000/1s" } } }"#, to: file)
        return file
    }

    private static let job =
        #"{"type":"\#(Workshop.type.name)","queue":"\#(Workshop.queue.name)","args":"#
        + String(decoding: Workshop.payload, as: UTF8.self) + "}"
}
