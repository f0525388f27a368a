import Glibc
import ProgramSupport
import TestSupport

/// What befalls workers, or the database that they write to.
enum DatabaseFault: String, CaseIterable, Sendable {
    case killWorker = "R-01 kill-storm"
    case killAll = "R-03 kill-all"
    case freeze = "R-04 zombie"
    case restartPostgres = "R-31 PostgreSQL restarted"
    case loseReplies = "R-31 PostgreSQL's replies lost"
    case killBackends = "R-31 PostgreSQL's backends killed"

    /// - Returns: the fleet that is there afterwards.
    func strike(_ stage: Stage, _ fleet: Program, _ random: inout SeededGenerator) async throws -> Program {
        guard let victim = stage.workers(of: fleet).randomElement(using: &random) else { return fleet }
        switch self {
        case .killWorker: kill(victim, SIGKILL)
        case .killAll:
            for process in [fleet.processID] + stage.workers(of: fleet) { kill(process, SIGKILL) }
            _ = try await fleet.exit()
            return try await stage.supervise()
        case .freeze:
            kill(victim, SIGSTOP)
            try await Task.sleep(for: stage.setting.lease * 2)
            kill(victim, SIGCONT)
        case .restartPostgres: try await stage.restartPostgres()
        case .loseReplies: try await stage.losePostgresReplies(for: stage.setting.lease)
        case .killBackends: try await stage.killBackends()
        }
        return fleet
    }
}

extension Stage {
    /// Strikes again and again while jobs are enqueued at a pace.
    /// - Parameter enqueue: enqueues so many.
    /// - Returns: the fleet at the end.
    func play(
        _ fault: DatabaseFault, form: Form, rounds: Int, _ enqueue: @escaping @Sendable (Int) async -> Void
    ) async throws -> Program {
        async let produced: Void = produce(
            perSecond: form(short: 100, full: 250), for: (setting.lease * 3) * rounds, enqueue)
        var fleet = try await supervise()
        var random = SeededGenerator(seed: 31)
        for _ in 0..<rounds {
            try await Task.sleep(for: setting.lease + .milliseconds(.random(in: 0...500, using: &random)))
            // Struck in the middle of a burst, when some effects are applied and not told yet.
            await enqueue(form(short: 300, full: 500))
            try await Task.sleep(for: .milliseconds(.random(in: 10...60, using: &random)))
            fleet = try await fault.strike(self, fleet, &random)
        }
        await produced
        return fleet
    }
}
