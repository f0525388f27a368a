internal import FoundationEssentials
internal import LocalServers
internal import Platform

/// The drain over TCP, and over a connection that takes a millisecond there and back.
struct NetworkBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        let port = try FreePort.find()
        var options = LocalRedis.Options.withoutPersistence
        options.port = port
        try await workshop.withRedis(options) { redis in
            let jobs = workshop.jobs(400_000)
            let set = try await redis.setRate()
            let tcp = try await Drain(redis: redis, jobs: jobs, url: "redis://127.0.0.1:\(port)").run()
            report(
                Figure(
                    "drain over TCP loopback", tcp.jobsASecond, "jobs/s",
                    [.init(of: "SET -P 1", ratio: tcp.jobsASecond / set)]))

            let proxy = try DelayProxy(to: port, delay: .microseconds(500))
            let slow = try await Drain(redis: redis, jobs: jobs, url: "redis://127.0.0.1:\(proxy.port)").run()
            proxy.stop()
            report(
                Figure(
                    "drain with at least 1 ms more of round trip", slow.jobsASecond, "jobs/s",
                    [.init(of: "SET -P 1", ratio: slow.jobsASecond / set)]))
        }
    }
}
