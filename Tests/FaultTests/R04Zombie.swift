import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// A worker is frozen past its lease and woken again. Others have its jobs by then: nothing it says may count, and it
/// stops what it was doing.
@Suite("R-04 zombie", .inTurns(limit: .seconds(300)))
struct R04Zombie {
    @Test func `a worker that wakes up too late changes nothing, and stops`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without cancellation of lost jobs, it goes on`() async throws {
        try await run(.short, without: .cancelLost).mustFail(
            without: "the cancellation of lost jobs", showing: "went on")
    }

    @Test func `without the question who holds a job, its late words count`() async throws {
        try await run(.short, mutant: "complete asks nobody who holds the jobs").mustFail(
            without: "proof of ownership", showing: "late words")
    }

    private func run(
        _ form: Form, without protection: Protection? = nil, mutant: String? = nil
    ) async throws -> Verdict {
        var verdict = Verdict("R-04 zombie", scaled: "12 of 200 rounds, 8 jobs each")
        let setting = Stage.Setting()
        try await Stage.with(setting, without: protection) { stage in
            let zombie = try await stage.work()
            try await stage.load(mutant: mutant)
            var stops: [Duration] = []
            for round in 0..<form(short: 1, full: 12) {
                stops += try await freeze(zombie, round, stage, &verdict)
            }
            verdict.add("zombies' jobs", Self.late.count * form(short: 1, full: 12))
            verdict.add("zombie's handlers stop after", stops.max() ?? .zero, bar: setting.renewEvery * 2)
            let checker = try await stage.check(&verdict, within: .seconds(10))
            let concurrent = checker.concurrentRuns(frozen: [zombie.processID])
            verdict.expect(concurrent.isEmpty, "\(concurrent.count) jobs ran at two places at once")
            try await stage.end(zombie, &verdict)
        }
        return verdict
    }

    /// Ended by the clock when the zombie wakes, while the other worker still runs them.
    private static let late = (0..<6).map { "late\($0)" }
    /// Still running when the zombie wakes.
    private static let long = (0..<2).map { "long\($0)" }

    private func freeze(
        _ zombie: Program, _ round: Int, _ stage: Stage, _ verdict: inout Verdict
    ) async throws -> [Duration] {
        let lease = stage.setting.lease
        await stage.enqueue(Self.late.count, named: "r\(round)late") { _ in lease.seconds * 1600 }
        await stage.enqueue(Self.long.count, named: "r\(round)long") { _ in lease.seconds * 3500 }
        let keys = (Self.late + Self.long).map { "r\(round)" + $0 }
        try await eventually("the zombie has begun") { stage.runs(of: keys, by: zombie).count == keys.count }
        zombie.send(SIGSTOP)
        let other = try await stage.work()
        try await eventually("the other worker has begun") { stage.runs(of: keys, by: other).count == keys.count }
        // Frozen for two leases, counted from when it was last heard of.
        try await Task.sleep(for: lease)
        let woken = MonotonicTime.now
        zombie.send(SIGCONT)
        try await eventually("the zombie's handlers end") {
            stage.runs(of: keys, by: zombie).prefix(Self.late.count).allSatisfy { $0.end != nil }
        }
        // Its words have reached Redis by now; the other worker is still at it.
        try await Task.sleep(for: lease / 4)
        try await stage.checkStillHeld(keys, by: other, &verdict)
        let limit = lease * 3
        try? await eventually(within: limit, "the zombie stops") {
            stage.runs(of: keys, by: zombie).allSatisfy { $0.end != nil }
        }
        let long = stage.runs(of: keys, by: zombie).suffix(Self.long.count)
        let goingOn = long.filter { $0.end?.how != .cancelled }
        verdict.expect(goingOn.isEmpty, "\(goingOn.count) handlers of a zombie went on")
        guard try await stage.settle(within: .seconds(10)) else { throw TestFailure("the other worker got stuck") }
        _ = try await other.end()
        return long.compactMap { $0.end?.time.since(woken) }
    }
}

extension Stage {
    /// The runs of jobs by a worker, in the order of the keys.
    fileprivate func runs(of keys: [String], by worker: Program) -> [Execution] {
        let runs = Dictionary(
            executions.all.filter { $0.process == worker.processID }.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        return keys.compactMap { runs[$0] }
    }

    /// What another worker runs is still in the queue, whatever the zombie said.
    fileprivate func checkStillHeld(_ keys: [String], by worker: Program, _ verdict: inout Verdict) async throws {
        // First what the worker has not ended, then what is held: what ends in between is only asked for too seldom.
        let dump = try await QueueDump(from: redis)
        let held = Set(dump.leases.filter { $0.holder.contains(":\(worker.processID):") }.map(\.entry))
        let changed = runs(of: keys, by: worker).filter { run in
            run.end?.how == .cancelled
                || run.end == nil && !held.contains(String(run.job.dropFirst("default:".count)))
        }
        verdict.expect(changed.isEmpty, "a zombie's late words took \(changed.count) jobs from their worker")
    }
}
