import Glibc
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Whatever happens to workers and to PostgreSQL, each submission is graded exactly once: one grade, one event that follows,
/// once in the statistics.
@Suite("R-01, R-31 grades once", .inTurns(limit: .seconds(300)))
struct GradesOnce {
    @Test(arguments: [DatabaseFault.killWorker, .restartPostgres, .loseReplies, .killBackends])
    func `each submission is graded once`(fault: DatabaseFault) async throws {
        try await run(.current, fault).mustHold()
    }

    @Test func `a submission whose commit nobody heard of is graded once`() async throws {
        try await loseCommit().mustHold()
    }

    @Test func `without the ledger, a submission whose commit nobody heard of is graded twice`() async throws {
        try await loseCommit(without: .ledger).mustFail(without: "the ledger", showing: "graded twice")
    }

    private func run(_ form: Form, _ fault: DatabaseFault) async throws -> Verdict {
        var verdict = Verdict("\(fault.rawValue), grades", scaled: "6 faults, some 7,500 submissions each")
        let setting = Stage.Setting(slots: 8)
        try await Stage.with(setting, postgres: true) { stage in
            let rounds = form(short: 2, full: 6)
            try await stage.prepareAttempts(form(short: 3000, full: 15_000))
            let fleet = try await stage.play(fault, form: form, rounds: rounds) { await stage.enqueueGrades($0) }
            let isSettled = try await stage.settle(within: form(short: Duration.seconds(30), full: .seconds(60)))
            verdict.add("faults", rounds)
            try await judge(&verdict, stage, isSettled: isSettled)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    /// Of one submission, so that nothing is left to chance: the database commits its grade, and the worker dies before it
    /// hears of that.
    private func loseCommit(without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-31 the commit of a grade lost", scaled: "1 submission")
        try await Stage.with(Stage.Setting(slots: 1), postgres: true, without: protection) { stage in
            try await stage.prepareAttempts(1)
            // No fleet: its relay would commit too.
            let worker = try await stage.work()
            stage.setPostgres(.loseFrom(answer: "COMMIT"))
            await stage.enqueueGrades(1)
            try await eventually("the grade is committed") { try await stage.grades == ["1": 1] }
            kill(worker.processID, SIGKILL)
            _ = try await worker.exit()
            stage.setPostgres(.none)
            let next = try await stage.work()
            let isSettled = try await stage.settle(within: .seconds(30))
            try await judge(&verdict, stage, isSettled: isSettled)
            try await stage.end(next, &verdict)
        }
        return verdict
    }

    private func judge(_ verdict: inout Verdict, _ stage: Stage, isSettled: Bool) async throws {
        let (grades, counted) = (try await stage.grades, try await stage.countedAttempts)
        let dump = try await QueueDump(from: stage.redis)
        verdict.expect(isSettled, "\(dump.live) jobs were not done, \(dump.held.count) of them held")
        let (acked, unknown) = (stage.journal.keys(.acked), stage.journal.keys(.unknown))
        let lost = isSettled ? acked.subtracting(grades.keys) : []
        let twice = grades.filter { $0.value != 1 }
        verdict.add("submissions", acked.count)
        verdict.add("lost", lost.count, bar: 0)
        verdict.add("graded twice", twice.count, bar: 0)
        verdict.expect(lost.isEmpty, "\(lost.count) submissions are not graded: \(lost.sorted().prefix(3))")
        verdict.expect(twice.isEmpty, "\(twice.count) were graded twice: \(twice.keys.sorted().prefix(3))")
        verdict.expect(counted == grades.count, "the statistics count \(counted) of \(grades.count) attempts")
        verdict.expect(dump.letters.isEmpty, "\(dump.letters.count) jobs are dead")
        let burnt = dump.counters["retried", default: 0]
        verdict.expect(burnt == 0, "\(burnt) attempts were burnt")
        let phantoms = Set(grades.keys).subtracting(acked).subtracting(unknown)
        verdict.expect(phantoms.isEmpty, "\(phantoms.count) grades belong to no job")
        for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
    }
}
