import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("The registry of workers", .timeLimit(.minutes(1)))
struct WorkerRegistryTests {
    private var report: WorkerReport {
        var report = WorkerReport()
        report.pool = "main"
        report.queues = ["emails", "default"]
        (report.slots, report.running, report.held) = (20, 3, 7)
        report.uptime = .seconds(90)
        report.version = "1.2.3"
        report.breakers = [
            .init(name: "smtp:mail", state: .open, failureRatio: 0.75, openFor: .milliseconds(2500)),
            .init(name: "web", state: .closed, failureRatio: 0, openFor: nil),
        ]
        return report
    }

    @Test func `tells what each worker said last`() async throws {
        try await withQueue { q in
            let registry = WorkerRegistry(client: q.client)
            #expect(try await registry.workers().isEmpty)
            try await registry.announce(q.bob, WorkerReport())
            try await registry.announce(q.ada, WorkerReport())
            try await registry.announce(q.ada, report)
            let workers = try await registry.workers()
            #expect(workers.map(\.id) == [q.ada, q.bob])
            #expect(workers.map(\.report) == [report, WorkerReport()])
            #expect(workers.allSatisfy { !$0.isSilent && $0.seenMilliseconds > 1_700_000_000_000 })
            try await registry.remove(q.ada)
            #expect(try await registry.workers().map(\.id) == [q.bob])
            #expect(try await q.client.call("DBSIZE").integer == 2)
        }
    }

    @Test func `a worker that says nothing is silent, and after ten minutes forgotten`() async throws {
        try await withQueue { q in
            let registry = WorkerRegistry(client: q.client)
            try await registry.announce(q.ada, report)
            let seen = try #require(try await registry.workers().first).seenMilliseconds
            _ = try await q.client.call("ZADD", "cw:workers", "\(seen - 16_000)", q.ada.description)
            let silent = try #require(try await registry.workers().first)
            #expect(silent.isSilent && silent.silentFor >= .seconds(16) && silent.report == report)
            _ = try await q.client.call("ZADD", "cw:workers", "\(seen - 601_000)", q.ada.description)
            try await registry.announce(q.bob, report)
            #expect(try await registry.workers().map(\.id) == [q.bob])
            let life = try #require(try await q.client.call("PTTL", "cw:worker:\(q.ada)").integer)
            #expect((1...600_000).contains(life))
        }
    }

    @Test func `what others wrote there breaks nothing`() async throws {
        try await withQueue { q in
            let registry = WorkerRegistry(client: q.client)
            for (name, score) in [("x", "inf"), ("y", "-inf"), ("z", "0.5"), ("a:b", "1e300")] {
                _ = try await q.client.call("ZADD", "cw:workers", score, name)
            }
            _ = try await q.client.call("SET", "cw:worker:x", "not JSON")
            _ = try await q.client.call("LPUSH", "cw:worker:y", "a list")
            let workers = try await registry.workers()
            #expect(workers.map(\.id.description) == ["a:b", "x", "y", "z"])
            #expect(workers.allSatisfy { $0.report == nil && $0.id.host.isEmpty && $0.id.process == 0 })
        }
    }

    @Test func `a report with numbers beyond all bounds is read`() async throws {
        try await withQueue { q in
            let registry = WorkerRegistry(client: q.client)
            try await registry.announce(q.ada, WorkerReport())
            let breaker = #"{"name":"x","state":"open","failure_ratio":1e300,"open_for_ms":9223372036854775807}"#
            let json =
                #"{"pool":"","queues":[],"slots":0,"running":0,"held":0,"version":"","uptime_ms":-9223372036854775808,"#
                + #""breakers":[\#(breaker)]}"#
            _ = try await q.client.call("SET", "cw:worker:\(q.ada)", json)
            let report = try #require(try await registry.workers().first?.report)
            #expect(report.uptime == .zero && report.breakers[0].failureRatio == 1)
            #expect(report.breakers[0].openFor == .milliseconds(9_007_199_254_740_991))
        }
    }

    @Test(arguments: [("ada:7:k3", "ada", 7), ("::1:7:k3", "::1", 7), ("ada:x:k3", "ada", 0), ("ada", "", 0)])
    func `a worker's name tells its host and process`(name: String, host: String, process: Int) {
        let id = WorkerID(description: name)
        #expect(id.host == host && id.process == process)
    }
}
