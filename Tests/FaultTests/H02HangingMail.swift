import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// A mail server takes mails and answers none of them: other queues of the same workers go on.
@Suite("H-02 a mail server that hangs", .inTurns(limit: .seconds(300)))
struct H02HangingMail {
    @Test func `other queues keep their rate`() async throws { try await run(.current, slots: 20).mustHold() }

    @Test func `with no more slots than the mails hold, they do not`() async throws {
        try await run(.short, slots: heldSlots).mustFail(without: "other slots", showing: "did not go on")
    }

    private static let connections = 4
    /// A mail on each connection, and one behind it.
    private var heldSlots: Int { Self.connections * 2 }

    private func run(_ form: Form, slots: Int) async throws -> Verdict {
        var verdict = Verdict("H-02 a hanging mail server")
        let setting = Stage.Setting(processes: 1, slots: slots, queues: ["default", "notifications"])
        try await Stage.with(setting, postgres: true) { stage in
            let server = try await KeepingServer.start(at: stage.site)
            let worker = try await stage.work(["SMTP_URL": server.url])
            var rates = (free: [Double](), beside: [Double]())
            let count = form(short: 2000, full: 10_000)
            _ = try await stage.rate(of: 500, named: "warm")
            for round in 0..<form(short: 1, full: 7) {
                rates.free.append(try await stage.rate(of: count, named: "free\(round)-"))
                server.keep()
                await stage.enqueueMail(round * 40..<(round + 1) * 40, atLeastOnce: false, in: "notifications")
                try await server.keeps(Self.connections)
                rates.beside.append(try await stage.rate(of: count, named: "beside\(round)-"))
                server.release()
                try await eventually(within: .seconds(60), "the mails are sent") {
                    try await QueueDump(of: "notifications", from: stage.redis).live == 0
                }
            }
            tell(rates, &verdict)
            try await stage.drain(worker, &verdict)
        }
        return verdict
    }

    private func tell(_ rates: (free: [Double], beside: [Double]), _ verdict: inout Verdict) {
        // What else the machine does weighs on both of a round.
        let kept = zip(rates.free, rates.beside).map { free, beside in beside / max(1, free) }.sorted()
        verdict.add("jobs/s without", (rates.free.max() ?? 0).rounded())
        verdict.add("beside it", (rates.beside.max() ?? 0).rounded())
        verdict.add("lost in the middle round", max(0, 100 * (1 - kept[kept.count / 2])), "%", bar: 5)
        verdict.expect(rates.beside.allSatisfy { $0 > 0 }, "the other queue did not go on")
    }
}
