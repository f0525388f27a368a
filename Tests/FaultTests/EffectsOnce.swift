import JobQueue
import Jobs
import LocalServers
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Whatever happens to workers and to PostgreSQL, each job leaves one row: its effect is applied once, though the job may
/// run more often. The rows are counted by PostgreSQL, which knows nothing of jobs.
@Suite("R-01, R-03, R-04, R-31 effects once", .inTurns(limit: .seconds(300)))
struct EffectsOnce {
    @Test(arguments: DatabaseFault.allCases)
    func `each effect is applied once`(fault: DatabaseFault) async throws {
        try await run(.current, fault).mustHold()
    }

    @Test(arguments: [DatabaseFault.freeze, .loseReplies])
    func `without the ledger, effects are applied twice`(fault: DatabaseFault) async throws {
        try await run(.short, fault, without: .ledger).mustFail(without: "the ledger", showing: "applied twice")
    }

    @Test func `without a second look at a lost commit, an attempt is burnt`() async throws {
        try await run(.short, .loseReplies, without: .commitResolution).mustFail(
            without: "the resolution of commits", showing: "attempts were burnt")
    }

    private func run(_ form: Form, _ fault: DatabaseFault, without protection: Protection? = nil) async throws
        -> Verdict
    {
        var verdict = Verdict("\(fault.rawValue), effects", scaled: "6 faults, some 7,500 jobs each")
        let setting = Stage.Setting(slots: 8)
        try await Stage.with(setting, postgres: true, without: protection) { stage in
            let rounds = form(short: 2, full: 6)
            let fleet = try await stage.play(fault, form: form, rounds: rounds) { await stage.enqueueEffects($0) }
            let limit = form(short: Duration.seconds(15), full: .seconds(60))
            let isSettled = try await stage.settle(within: limit)
            try await judge(&verdict, stage, isSettled: isSettled, rounds)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    private func judge(_ verdict: inout Verdict, _ stage: Stage, isSettled: Bool, _ faults: Int) async throws {
        let (rows, dump) = (try await stage.effects, try await QueueDump(from: stage.redis))
        verdict.expect(isSettled, "\(dump.live) jobs were not done, \(dump.held.count) of them held")
        let (acked, unknown) = (stage.journal.keys(.acked), stage.journal.keys(.unknown))
        let dead = Set(dump.letters.map(\.key))
        let lost = isSettled ? acked.subtracting(rows.keys).subtracting(dead) : []
        let twice = rows.filter { $0.value > 1 }
        verdict.add("faults", faults)
        verdict.add("jobs", acked.count)
        verdict.add("lost", lost.count, bar: 0)
        verdict.add("effects twice", twice.count, bar: 0)
        verdict.add("dead", dead.count, bar: 0)
        verdict.expect(lost.isEmpty, "\(lost.count) effects are missing: \(lost.sorted().prefix(3))")
        verdict.expect(twice.isEmpty, "\(twice.count) effects were applied twice: \(twice.keys.sorted().prefix(3))")
        let burnt = dump.counters["retried", default: 0]
        verdict.expect(burnt == 0, "\(burnt) attempts were burnt")
        let phantoms = Set(rows.keys).subtracting(acked).subtracting(unknown)
        verdict.expect(phantoms.isEmpty, "\(phantoms.count) effects belong to no job")
        for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
    }
}
