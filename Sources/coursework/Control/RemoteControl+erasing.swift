import DataProtection
import Reports

extension RemoteControl {
    /// - Parameter patience: how long jobs may take to stop that run; nil leaves it to the server.
    func erase(
        _ subject: Subject, isDryRun: Bool, waitingFor patience: Duration?
    ) async throws -> ErasureReport {
        try await ask(
            .post, "/v1/erasures",
            Self.object([
                ("names", JSONText.of(subject.names)), ("dry_run", isDryRun ? "true" : "false"),
                ("wait_ms", patience.map { "\($0.milliseconds)" }),
            ]))
    }
}
