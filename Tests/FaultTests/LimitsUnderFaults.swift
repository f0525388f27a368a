import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// Eight workers run the jobs of three tenants, each of which may have three running and begin twenty in a tenth of a
/// second, while the workers are killed and answers of Redis are lost. The handlers write down what they do; whoever reads
/// that knows nothing of limits in Redis.
@Suite("limits under faults", .inTurns(limit: .seconds(300)))
struct LimitsUnderFaults {
    private static let atOnce = 3
    private static let tenants = ["a", "b", "c"]

    @Test func `hold, lose no job and burn no attempt`() async throws {
        try await run(.current).mustHold()
    }

    @Test(arguments: [
        ("a limit lets one more begin", "ran at once"),
        ("passes outlive their entries", "were not done"),
        ("nobody is let go on when a pass comes free", "were not done"),
    ])
    func `without a protection they do not hold`(mutant: String, harm: String) async throws {
        try await run(.short, mutant: mutant).mustFail(without: "what \(mutant) lacks", showing: harm)
    }

    private func run(_ form: Form, mutant: String? = nil) async throws -> Verdict {
        var verdict = Verdict("limits under faults")
        let limit = "{ concurrency: \(Self.atOnce), rate: \"200/1s\", burst: 20, by: \"tenant\" }"
        let setting = Stage.Setting(processes: 8, policies: "{ \"diagnostics.journal\": { limit: \(limit) } }")
        try await Stage.with(setting) { stage in
            let proxy = try FaultProxy(to: stage.redis.configuration)
            defer { proxy.stop() }
            guard case .unix(let socket) = proxy.configuration.endpoint else { return }
            let supervisor = try await stage.supervise(["REDIS_URL": "unix://\(socket)"])
            try await stage.load(mutant: mutant)
            var random = SeededGenerator(seed: 4)
            for tenant in Self.tenants {
                await stage.enqueue(form(short: 150, full: 2000), named: tenant, more: #","tenant":"\#(tenant)""#) {
                    _ in
                    .random(in: 2...30, using: &random)
                }
            }
            proxy.set(.loseEvery(97))
            let deaths = try await storm(stage, supervisor, form, &random)
            proxy.set(.none)
            let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(120)))
            judge(&verdict, checker, deaths)
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }

    private func storm(
        _ stage: Stage, _ supervisor: Program, _ form: Form, _ random: inout SeededGenerator
    ) async throws -> Deaths {
        var deaths = Deaths()
        while try await stage.stored > 50, deaths.times.count < form(short: 6, full: 60) {
            try await Task.sleep(for: .milliseconds(250))
            if let worker = stage.workers(of: supervisor).randomElement(using: &random) { deaths.kill([worker]) }
        }
        guard !deaths.times.isEmpty else { throw TestFailure("No worker was killed: the test was too gentle.") }
        return deaths
    }

    private func judge(_ verdict: inout Verdict, _ checker: Checker, _ deaths: Deaths) {
        let burnt = checker.executions.all.filter { $0.attempt > 1 }
        verdict.expect(burnt.isEmpty, "\(burnt.count) jobs lost an attempt")
        for tenant in Self.tenants {
            let runs = checker.executions.all.filter { $0.key.hasPrefix(tenant) }
            let peak = peak(of: runs, deaths)
            verdict.add("most of \(tenant) at once", peak)
            verdict.expect(peak <= Self.atOnce, "\(peak) jobs of \(tenant) ran at once")
        }
    }

    /// How many ran at the same moment, at the most; what a process ran when it was killed ended then.
    private func peak(of runs: [Execution], _ deaths: Deaths) -> Int {
        let begins = runs.map { (time: $0.began, change: 1) }
        let ends = runs.compactMap { run in
            (run.end?.time ?? deaths.times[run.process]).map { (time: $0, change: -1) }
        }
        var (running, peak) = (0, 0)
        for event in (begins + ends).sorted(by: { ($0.time, $0.change) < ($1.time, $1.change) }) {
            running += event.change
            peak = max(peak, running)
        }
        return peak
    }
}
