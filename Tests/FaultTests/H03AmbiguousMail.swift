import Glibc
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Workers die, freeze or are cut off after a mail's final dot and before the server's answer. What the server got is counted
/// by the server.
@Suite("H-03 mail whose answer is missing", .inTurns(limit: .seconds(420)))
struct H03AmbiguousMail {
    enum Fault: String, CaseIterable, Sendable {
        case kill = "killed"
        case freeze = "frozen"
        case cut = "cut off"
    }

    @Test(arguments: Fault.allCases)
    func `at most once: no mail is sent twice, and every doubt is seen`(fault: Fault) async throws {
        try await run(.current, fault, atLeastOnce: false).mustHold()
    }

    @Test(arguments: Fault.allCases)
    func `at least once: every mail is sent, what is sent twice under one Message-ID`(fault: Fault) async throws {
        try await run(.current, fault, atLeastOnce: true).mustHold()
    }

    /// Who is cut off lives to tell that there is a doubt.
    @Test(arguments: [Fault.kill, .freeze])
    func `without the record, mails are sent twice`(fault: Fault) async throws {
        try await run(.short, fault, atLeastOnce: false, without: .mailRecord)
            .mustFail(without: "the record", showing: "were sent twice")
    }

    private static let processes = 2
    private static let mailsARound = 40
    /// On their way at once, in each process.
    private static let connections = 4

    private func run(
        _ form: Form, _ fault: Fault, atLeastOnce: Bool, without protection: Protection? = nil
    ) async throws -> Verdict {
        let policy = atLeastOnce ? "at least once" : "at most once"
        var verdict = Verdict("H-03 \(fault.rawValue), \(policy)", scaled: "250 faults")
        var setting = Stage.Setting(slots: 8)
        setting.policies = #"{ "email.send": { base: "100ms", cap: "200ms" } }"#
        try await Stage.with(setting, postgres: true, without: protection) { stage in
            let cutEvery = fault == .cut ? 4 : nil
            let server = try await KeepingServer.start(at: stage.site, cuttingEvery: cutEvery)
            let fleet = try await stage.supervise(["SMTP_URL": server.url])
            let faultsWanted = form(short: 8, full: 250)
            var mails = 0
            while server.mails.count(where: \.kept) < faultsWanted {
                if fault != .cut { server.keep() }
                await stage.enqueueMail(mails..<mails + Self.mailsARound, atLeastOnce: atLeastOnce)
                mails += Self.mailsARound
                try await strike(fault, server, stage, fleet)
            }
            let isSettled = try await stage.settle(within: form(short: .seconds(30), full: .seconds(90)))
            let dump = try await QueueDump(from: stage.redis)
            verdict.expect(isSettled, "\(dump.live) jobs were not done")
            try await judge(&verdict, stage, server, atLeastOnce: atLeastOnce)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    private func strike(_ fault: Fault, _ server: KeepingServer, _ stage: Stage, _ fleet: Program) async throws {
        guard fault != .cut else { return _ = try await stage.settle(within: .seconds(20)) }
        try await server.keeps(Self.processes * Self.connections)
        // Whoever is frozen must have somebody who takes his jobs over.
        let workers = stage.workers(of: fleet).prefix(fault == .freeze ? 1 : Self.processes)
        for worker in workers { kill(worker, fault == .kill ? SIGKILL : SIGSTOP) }
        server.release()
        try await Task.sleep(for: stage.setting.lease * 2)
        for worker in workers where fault == .freeze { kill(worker, SIGCONT) }
        _ = try await stage.settle(within: .seconds(20))
    }

    private func judge(
        _ verdict: inout Verdict, _ stage: Stage, _ server: KeepingServer, atLeastOnce: Bool
    ) async throws {
        let (mails, states) = (server.mails, try await stage.recordedMail)
        let taken = Dictionary(grouping: mails, by: { $0.to[0] })
        let (faults, copies) = (mails.count(where: \.kept), mails.count - taken.count)
        let ambiguous = states.filter { $0.value == "ambiguous" }.keys
        verdict.add("faults", faults)
        verdict.add("mails", taken.count)
        verdict.add("copies", copies, bar: atLeastOnce ? faults : 0)
        verdict.add("ambiguous", ambiguous.count)
        let names = taken.filter { Set($0.value.map(\.mail)).count > 1 }
        verdict.expect(names.isEmpty, "\(names.count) mails had several Message-IDs")
        let acked = stage.journal.keys(.acked)
        let lost = acked.subtracting(taken.keys)
        let unseen = acked.filter { states[$0] != "sent" && states[$0] != "ambiguous" }
        verdict.expect(unseen.isEmpty, "\(unseen.count) mails are neither sent nor ambiguous: \(unseen.prefix(3))")
        if atLeastOnce {
            verdict.expect(lost.isEmpty, "\(lost.count) mails were not sent: \(lost.prefix(3))")
            verdict.expect(copies <= faults, "\(copies) copies after \(faults) faults")
        } else {
            verdict.expect(copies == 0, "\(copies) mails were sent twice")
            let silent = lost.subtracting(ambiguous)
            verdict.expect(silent.isEmpty, "\(silent.count) mails are lost and nobody is told: \(silent.prefix(3))")
        }
    }
}
