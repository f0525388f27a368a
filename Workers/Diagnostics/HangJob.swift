import Glibc
import Jobs
import Platform

/// `diagnostics.hang`: does not stop when it is told to, in one of three ways.
struct HangJob: Job {
    static let type: JobType = "diagnostics.hang"
    static let payloadSchema = PayloadSchema.object(
        "Does not stop when it is told to.",
        [.optional("how", .choice(of: How.self), "Else wait."), .required("key", .text())])
    static let deadline: Deadline = .after(.seconds(2))

    enum How: String, Codable, Sendable, CaseIterable {
        /// Waits for what never comes.
        case wait
        /// Keeps a core busy.
        case spin
        /// Waits for a child process that is deaf to SIGTERM.
        case child
    }

    var how: How?
    var key: String
}

struct HangHandler: JobHandler {
    let journal: ExecutionJournal

    func handle(_ job: HangJob, context: JobContext) async throws -> Outcome {
        try journal.note(.began, job.key, context)
        switch job.how ?? .wait {
        case .wait: await Promise<Void>().wait()
        case .spin: while true { Processor.yield() }
        case .child: try await waitForChild(context)
        }
        try journal.note(.ended, job.key, context)
        return .retry(ChildEnded())
    }

    private func waitForChild(_ context: JobContext) async throws {
        let loop = try EventLoop(name: "diagnostics")
        defer { loop.stop() }
        var command = ChildProcess.Command("sh", ["-c", "trap '' TERM; sleep 3600 & wait; wait"], environment: [:])
        command.environment["PATH"] = "/usr/bin:/bin"
        command.diesWithParent = true
        let child = try await ChildProcess.start(command, on: loop)
        await context.killing({ child.sendToGroup(signal: SIGKILL) }) { _ = await child.exit() }
    }
}

private struct ChildEnded: Error, CustomStringConvertible {
    var description: String { "The child process ended." }
}
