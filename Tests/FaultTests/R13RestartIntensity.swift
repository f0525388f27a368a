import Glibc
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Workers that cannot start are not started for ever: the supervisor gives up loudly.
@Suite("R-13 restart intensity", .inTurns(limit: .seconds(120)))
struct R13RestartIntensity {
    /// More than the five restarts a minute that are allowed.
    private static let patience = 12

    @Test func `gives up after five restarts, and never says that it is ready`() async throws {
        try await run().mustHold()
    }

    @Test func `without the restart limit, it never gives up`() async throws {
        try await run(without: .restartLimit).mustFail(without: "the restart limit", showing: "restarts")
    }

    private func run(without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-13 restart intensity")
        // Without Redis no worker gets ready, so each end is a false start.
        try await Stage.with(Stage.Setting(processes: 1), redis: nil, without: protection) { stage in
            let notified = try NotifySocket(path: stage.site.folder + "/notify")
            let begun = MonotonicTime.now
            let supervisor = try await stage.start("supervise", [], ["NOTIFY_SOCKET": notified.path])
            var killed: Set<Int32> = []
            while supervisor.isRunning, killed.count < Self.patience {
                for worker in stage.workers(of: supervisor) where killed.insert(worker).inserted {
                    kill(worker, SIGKILL)
                }
                try await Task.sleep(for: .milliseconds(5))
            }
            verdict.add("restarts", killed.count - 1, bar: 5)
            verdict.expect(killed.count <= 6, "\(killed.count - 1) restarts of a worker that never got ready")
            verdict.add("gave up after", MonotonicTime.now.since(begun), bar: .seconds(60))
            if !supervisor.isRunning {
                let exit = try await supervisor.exit()
                verdict.expect(exit == .code(1), "it ended with \(exit)")
                verdict.expect(supervisor.errors.text.contains("cannot be kept running"), "it did not say why it ended")
            }
            verdict.expect(notified.messages.isEmpty, "it said \(notified.messages)")
        }
        return verdict
    }
}
