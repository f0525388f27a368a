import Foundation
import Glibc
import ProgramSupport
import Testing

@Suite("a worker that is told to end", .inTurns)
struct DrainTests {
    private static func configuration(drain: String) -> String {
        """
        {
            queues: ["default"],
            lease: { duration: "2s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { main: { queues: ["default"], slots: 4, drain: "\(drain)" } },
        }
        """
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `finishes what runs`(signal: Int32) async throws {
        try await Site.with(Self.configuration(drain: "30s")) { site in
            let worker = try await site.startWorker()
            let token = try await site.add("diagnostics.sleep", #"{"seconds":6}"#)
            try await site.untilActive(1)

            let ended = try await worker.end(by: signal)

            #expect(ended.exit == .code(0), "\(ended)")
            #expect(try await site.redis("LRANGE", "cw:{default}:job:\(token):end", "0", "-1") == "done")
            #expect(try await site.state() == QueueState())
        }
    }

    @Test func `hands back what takes too long, its attempt unchanged, for the next worker`() async throws {
        try await Site.with(Self.configuration(drain: "300ms")) { site in
            let first = try await site.startWorker()
            let token = try await site.add("diagnostics.sleep", #"{"seconds":600}"#)
            try await site.untilActive(1)
            let waiting = try await site.add("diagnostics.noop")
            #expect(try await site.end(of: waiting) == "done")

            let ended = try await first.end()

            #expect(ended.exit == .code(0), "\(ended)")
            let lease = try await site.lease(of: token)
            #expect(lease.holder == "released")
            #expect(lease.deliveries == 0)
            #expect(try await site.state() == QueueState(ready: 1))
            #expect(try await site.redis("XRANGE", "cw:{default}", token, token).contains("attempt") == false)

            let second = try await site.startWorker()
            try await site.untilActive(1)
            #expect(try await site.lease(of: token).deliveries == 1)
            // A second handing back changes nothing either.
            #expect(try await second.end().exit == .code(0))
            #expect(try await site.lease(of: token).deliveries == 0)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `hands back at once when told a second time`(signal: Int32) async throws {
        try await Site.with(Self.configuration(drain: "10m")) { site in
            let worker = try await site.startWorker()
            let token = try await site.add("diagnostics.sleep", #"{"seconds":600}"#)
            try await site.untilActive(1)

            worker.send(signal)
            _ = try await worker.errors.first(containing: "draining")
            let ended = try await worker.end(by: signal, within: .seconds(15))

            #expect(ended.exit == .code(0), "\(ended)")
            #expect(try await site.lease(of: token).holder == "released")
        }
    }

    @Test func `ends soon after its drain time also when Redis is away, so that nothing can be handed back`()
        async throws
    {
        try await Site.with(Self.configuration(drain: "300ms"), redis: nil) { site in
            let server = try await site.startRedis()
            let worker = try await site.startWorker()
            _ = try await site.add("diagnostics.sleep", #"{"seconds":600}"#)
            try await site.untilActive(1)
            server.send(signal: SIGKILL)
            _ = await server.exit()

            let ended = try await worker.end(within: .seconds(20))

            #expect(ended.exit == .code(0), "\(ended)")
            #expect(!ended.errors.contains("handed back"))
        }
    }

    @Test func `takes no new job while it drains`() async throws {
        try await Site.with(Self.configuration(drain: "30s")) { site in
            let worker = try await site.startWorker()
            let running = try await site.add("diagnostics.sleep", #"{"seconds":6}"#)
            try await site.untilActive(1)
            worker.send(SIGTERM)
            _ = try await worker.errors.first(containing: "draining")

            let late = try await site.add("diagnostics.noop")

            #expect(try await worker.exit() == .code(0))
            #expect(try await site.redis("LRANGE", "cw:{default}:job:\(running):end", "0", "-1") == "done")
            #expect(try await site.state() == QueueState(ready: 1))
            _ = try await site.startWorker()
            #expect(try await site.end(of: late) == "done")
        }
    }

    @Test func `a killed worker's job is done by another one`() async throws {
        try await Site.with(Self.configuration(drain: "30s")) { site in
            let first = try await site.startWorker()
            let token = try await site.add("diagnostics.sleep", #"{"seconds":2}"#)
            try await site.untilActive(1)
            first.send(SIGKILL)
            #expect(try await first.exit() == .signal(SIGKILL))

            _ = try await site.startWorker()

            #expect(try await site.end(of: token) == "done")
        }
    }
}
