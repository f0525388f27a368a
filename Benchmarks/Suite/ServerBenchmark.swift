internal import Access
internal import HTTPServer
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient

/// HTTP requests over connections that are kept, asked by wrk, beside a C program that answers an empty 202 by the same
/// library with as many threads.
struct ServerBenchmark {
    private static let threads = 2

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        guard WebRequests.isHere else {
            return report(Figure("wrk is not here: install wrk", .nan, ""))
        }
        let ceiling = try await ceiling()
        if let ceiling { report(Figure("HTTP in C, an empty 202", ceiling, "POSTs/s")) }
        for (name, path) in [("at once", "/now"), ("by a handler that waits", "/later")] {
            let rate = try await withServer { try await requestRate(of: "http://127.0.0.1:\($0)\(path)") }
            var figure = Figure("HTTP, an empty 202 \(name)", rate, "POSTs/s")
            if let ceiling { figure.ratios = [.init(of: "C", ratio: rate / ceiling, bar: .atLeast(0.4))] }
            report(figure)
        }
        try await workshop.withRedis { redis in
            try await reportKeys(KeyStore(redis.client), ceiling, report)
        }
    }

    /// The same behind a key, with a limit that is counted and never met.
    private func reportKeys(_ store: KeyStore, _ ceiling: Double?, _ report: (Figure) -> Void) async throws {
        guard let key = try await store.create("bench", role: .producer, expires: nil, by: "bench")?.key else { return }
        let ring = KeyRing(store, loop: workshop.loop, logger: .silent)
        await ring.refresh()
        let gate = AccessGate(
            keys: ring, limits: AccessLimits(principal: Rate(1_000_000, per: .seconds(1), burst: 1_000_000)))
        let rate = try await withServer(gate) {
            try await requestRate(of: "http://127.0.0.1:\($0)/closed", key: key)
        }
        var figure = Figure("HTTP, an empty 202 at once, with a key", rate, "POSTs/s")
        if let ceiling { figure.ratios = [.init(of: "C", ratio: rate / ceiling, bar: .atLeast(0.4))] }
        report(figure)
        report(Figure("what a key costs a request", try cost(of: key, gate), "ns"))
    }

    private func cost(of key: APIKey, _ gate: AccessGate) throws -> Double {
        var fields = HTTPFields()
        fields.append(name: "Authorization".utf8, value: "Bearer \(key.text)".utf8)
        let count = workshop.isQuick ? 10_000 : 200_000
        let begun = MonotonicTime.now
        for _ in 0..<count {
            guard case .admitted = gate.admit(fields, from: "127.0.0.1") else {
                throw BenchmarkFailure(description: "the key does not hold")
            }
        }
        let (seconds, attoseconds) = MonotonicTime.now.since(begun).components
        return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(count)
    }

    private func ceiling() async throws -> Double? {
        guard let server = try await CeilingServer.start(threads: Self.threads, workshop: workshop) else { return nil }
        defer { server.stop() }
        return try await requestRate(of: server.url)
    }

    private func withServer(_ gate: any Gatekeeper = ClosedGate(), _ body: (UInt16) async throws -> Double) async throws
        -> Double
    {
        var options = HTTPServerOptions(host: "127.0.0.1", port: 0)
        options.threads = Self.threads
        let routes = [
            Route(.post, "/now", role: .public, "at once", .immediate { _ in HTTPResponse(.accepted) }),
            Route(.post, "/closed", role: .producer, "at once", .immediate { _ in HTTPResponse(.accepted) }),
            Route(.post, "/later", role: .public, "later", .awaiting { _ in HTTPResponse(.accepted) }),
        ]
        let server = try HTTPServer(Router(routes), options, gatekeeper: gate, loop: workshop.loop, logger: .silent)
        let rate: Double
        do { rate = try await body(server.port) } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        return rate
    }

    /// Requests a second.
    private func requestRate(of url: String, key: APIKey? = nil) async throws -> Double {
        try await WebRequests(workshop: workshop, key: key?.text).measure(url).rate
    }
}
