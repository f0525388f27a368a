import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// A crowd in front: of leases that cannot be rescued, and of jobs that are not urgent.
@Suite("R-18 starvation", .inTurns(limit: .seconds(300)))
struct R18Starvation {
    @Test func `finds what lost its worker behind ten thousand leases that did not run out`() async throws {
        try await rescue(.current).mustHold()
    }

    @Test func `looking only at the first thousand leases, it finds none`() async throws {
        try await rescue(.short, isNearsighted: true).mustFail(
            without: "a look behind the crowd", showing: "were not done")
    }

    @Test func `a flood of jobs that are not urgent delays no urgent one`() async throws {
        try await flood(.current).mustHold()
    }

    // MARK: Leases

    private func rescue(_ form: Form, isNearsighted: Bool = false) async throws -> Verdict {
        var verdict = Verdict("R-18 rescue behind a crowd")
        let setting = Stage.Setting(processes: 1, slots: 10)
        try await Stage.with(setting) { stage in
            let worker = try await stage.work()
            if isNearsighted { try await stage.change(functions: stage.functions, Self.nearsighted) }
            _ = try await worker.end()
            let crowd = form(short: 3001, full: 10_001)
            await stage.enqueue(crowd, named: "crowd") { _ in 1 }
            try await stage.claim(as: "crowd")
            await stage.enqueue(10, named: "lost") { _ in 1 }
            try await stage.claim(as: "lost")
            let begun = MonotonicTime.now
            let rescuer = try await stage.work()
            try? await eventually(within: setting.lease * 5, "the lost are found") {
                try await stage.renew(of: "crowd")
                return stage.executions.effects.keys.count { $0.hasPrefix("lost") } == 10
            }
            let effects = stage.executions.effects.keys
            let found = effects.count { $0.hasPrefix("lost") }
            verdict.expect(found == 10, "\(10 - found) of 10 jobs that lost their worker were not done")
            verdict.expect(found == effects.count, "\(effects.count - found) jobs were taken from a worker that lives")
            verdict.add("leases in front", crowd)
            let last = stage.executions.all.map(\.began).max() ?? .now
            verdict.add("found after", last.since(begun), bar: setting.lease + setting.tick * 2)
            try await stage.drain(rescuer, &verdict)
        }
        return verdict
    }

    /// Looks at the first thousand leases and takes what ran out among them.
    private static func nearsighted(_ functions: String) -> String {
        functions.replacing("'IDLE', lease, first", with: "first")
            .replacing("if visit(", with: "if pending[3] >= tonumber(lease) and visit(")
            .replacing("if #page < 1000 then break end", with: "do break end")
    }

    // MARK: Floods

    private func flood(_ form: Form) async throws -> Verdict {
        var verdict = Verdict("R-18 flood of low priority", scaled: "60,000 of 1,000,000 jobs")
        let setting = Stage.Setting(processes: 1, queues: ["default", "notifications"])
        let lowMilliseconds = 5.0
        try await Stage.with(setting) { stage in
            let worker = try await stage.work()
            let idle = try await stage.waits(form(short: 50, full: 500), named: "idle")
            let low = JobQueue("notifications", client: stage.redis)
            let jobs = (0..<form(short: 3000, full: 60_000)).map {
                stage.job("low\($0)", milliseconds: lowMilliseconds)
            }
            _ = await low.enqueue(contentsOf: jobs)
            let flooded = try await stage.waits(form(short: 50, full: 500), named: "urgent")
            verdict.add("idle p99", idle.percentile(99))
            // A job that sleeps for five milliseconds takes longer, as the machine may be.
            let lowTime = stage.times(ofThoseNamed: "low").percentile(99)
            verdict.add("a job of the flood p99", lowTime)
            verdict.add("behind a flood p99", flooded.percentile(99), bar: idle.percentile(99) * 2 + lowTime)
            let moved = stage.executions.effects.keys.count { $0.hasPrefix("low") }
            verdict.add("of the flood done meanwhile", moved)
            verdict.expect(moved > 0, "the flood itself did not move")
            verdict.expect((flooded.last ?? .zero) < .seconds(2), "an urgent job waited \(flooded.last ?? .zero)")
            try await stage.drain(worker, &verdict)
        }
        return verdict
    }
}

extension Stage {
    /// How long each of some jobs took, shortest first.
    fileprivate func times(ofThoseNamed prefix: String) -> [Duration] {
        executions.all.filter { $0.key.hasPrefix(prefix) }.compactMap { run in
            run.end.map { $0.time.since(run.began) }
        }.sorted()
    }

    /// Claims all that is ready, as a worker that nobody knows.
    fileprivate func claim(as worker: String) async throws {
        _ = try await redis.call(
            "XREADGROUP", "GROUP", "workers", worker, "COUNT", "100000", "STREAMS", "cw:{default}", ">")
    }

    /// Renews all that such a worker holds.
    fileprivate func renew(of worker: String) async throws {
        let script = """
            local held = redis.call('XPENDING', KEYS[1], 'workers', '-', '+', 100000, ARGV[1])
            for _, pending in ipairs(held) do
                redis.call('XCLAIM', KEYS[1], 'workers', ARGV[1], 0, pending[1], 'JUSTID')
            end
            """
        _ = try await redis.call("EVAL", script, "1", "cw:{default}", worker)
    }
}
