import Glibc
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Whatever happens to workers and to PostgreSQL, each learner gets one certificate with one mail, numbers have no hole, and
/// the storage has exactly the files that certificates name.
@Suite("R-01, R-31 certificates once", .inTurns(limit: .seconds(300)))
struct CertificatesOnce {
    private static let setting = Stage.Setting(slots: 4, workers: Stage.certificates)

    @Test(arguments: [DatabaseFault.killWorker, .restartPostgres, .loseReplies])
    func `each learner gets one certificate`(fault: DatabaseFault) async throws {
        try await storm(.current, fault).mustHold()
    }

    /// Where a worker is killed.
    enum Step: String, CaseIterable {
        case lookingUp = "certificates"
        case numbering = "certificate_series"
        case notingTheFile = "certificate_files"
        /// A few milliseconds after it got its number, wherever it is then.
        case drawing
        case publishing = "certificate_events"
    }

    @Test(arguments: Step.allCases)
    func `a worker that is killed at a step leaves neither a hole nor an orphan`(step: Step) async throws {
        try await killed(at: step).mustHold()
    }

    @Test func `without notes of files, a worker that is killed leaves an orphan`() async throws {
        try await killed(at: .publishing, without: .certificateFiles)
            .mustFail(without: "the notes of files", showing: "no certificate's")
    }

    @Test func `a certificate that comes to nothing leaves no hole`() async throws {
        try await undrawable().mustHold()
    }

    @Test func `without giving numbers back, it leaves one`() async throws {
        try await undrawable(without: .certificateNumbers)
            .mustFail(without: "giving numbers back", showing: "nobody's")
    }

    private func killed(at step: Step, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-01 a certificate, killed while \(step)", scaled: "1 certificate")
        try await Stage.with(Self.setting, postgres: true, without: protection) { stage in
            try await stage.prepareCertificates()
            let worker = try await stage.work()
            try await kill(worker, at: step, stage)
            _ = try await worker.exit()
            let next = try await stage.work()
            let isSettled = try await stage.settle(within: .seconds(30))
            verdict.expect(isSettled, "the certificate was not issued")
            let issued = try await stage.lines("SELECT number FROM coursework.certificates WHERE state = 'issued'")
            verdict.expect(issued == ["1"], "issued are the numbers \(issued)")
            try await stage.judgeCertificates(&verdict)
            try await stage.end(next, &verdict)
        }
        return verdict
    }

    private func kill(_ worker: Program, at step: Step, _ stage: Stage) async throws {
        guard step != .drawing else {
            let reserved = try await stage.reservation()
            await stage.enqueueCertificate("ada")
            _ = try await reserved.exit()
            Glibc.kill(worker.processID, SIGKILL)
            return
        }
        try await stage.holding(table: step.rawValue) {
            await stage.enqueueCertificate("ada")
            try await eventually("the worker waits there") {
                try await stage.lines("SELECT count(*) FROM pg_locks WHERE NOT granted") != ["0"]
            }
            Glibc.kill(worker.processID, SIGKILL)
        }
    }

    private func undrawable(without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("a certificate that cannot be drawn", scaled: "2 certificates")
        try await Stage.with(Self.setting, postgres: true, without: protection) { stage in
            try await stage.prepareCertificates()
            let worker = try await stage.work()
            await stage.enqueueCertificate("seti", isDrawable: false)
            try await eventually("it is dead") { try await QueueDump(from: stage.redis).letters.count == 1 }
            await stage.enqueueCertificate("ada")
            let isSettled = try await stage.settle(within: .seconds(30))
            verdict.expect(isSettled, "the second one was not issued")
            try await stage.judgeCertificates(&verdict)
            try await stage.end(worker, &verdict)
        }
        return verdict
    }

    private func storm(_ form: Form, _ fault: DatabaseFault) async throws -> Verdict {
        var verdict = Verdict("\(fault.rawValue), certificates", scaled: "faults in a crowd of certificates")
        try await Stage.with(Self.setting, postgres: true) { stage in
            try await stage.prepareCertificates()
            var (fleet, random) = (try await stage.supervise(), SeededGenerator(seed: 77))
            let (rounds, crowd) = (form(short: 2, full: 15), 40)
            for round in 0..<rounds {
                for number in round * crowd..<(round + 1) * crowd {
                    // Every fifth is asked for twice, and every tenth cannot be drawn.
                    await stage.enqueueCertificate("l\(number)", isDrawable: number % 10 != 3)
                    if number % 5 == 0 { await stage.enqueueCertificate("l\(number)") }
                }
                try await Task.sleep(for: .milliseconds(.random(in: 100...1200, using: &random)))
                fleet = try await fault.strike(stage, fleet, &random)
            }
            let isSettled = try await stage.settle(within: form(short: .seconds(60), full: .seconds(240)))
            try await judge(&verdict, stage, isSettled: isSettled, learners: rounds * crowd)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    private func judge(_ verdict: inout Verdict, _ stage: Stage, isSettled: Bool, learners: Int) async throws {
        let dump = try await QueueDump(from: stage.redis)
        verdict.expect(isSettled, "\(dump.live) jobs were not done, \(dump.held.count) of them held")
        verdict.add("certificates", learners - learners / 10)
        let undrawable = stage.journal.keys(.acked).filter { $0.hasSuffix("3") }.count
        verdict.expect(
            dump.letters.count == undrawable, "\(dump.letters.count) jobs are dead, and should be \(undrawable)")
        let issued = Set(
            try await stage.lines("SELECT learner FROM coursework.certificates WHERE state = 'issued'"))
        let lost = stage.journal.keys(.acked).filter { !$0.hasSuffix("3") && !issued.contains($0) }
        verdict.add("lost", lost.count, bar: 0)
        verdict.expect(lost.isEmpty, "\(lost.count) certificates were not issued: \(lost.sorted().prefix(3))")
        let unfinished = try await stage.lines("SELECT learner FROM coursework.certificates WHERE state = 'issuing'")
        verdict.expect(unfinished.isEmpty, "\(unfinished.count) were never finished")
        try await stage.judgeCertificates(&verdict)
        for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
    }
}
