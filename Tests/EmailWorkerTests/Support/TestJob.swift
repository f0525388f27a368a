import EmailWorker
import Foundation
import Jobs
import Logging
import Testing

/// A job as the worker's runtime would run it, without the runtime.
final class TestJob: RunningJob {
    let id: JobID
    let type: JobType = "email.send"
    let logger: Logger
    var traceparent: String? { nil }

    init(token: String = "1731999999999-0", logger: Logger = .silent) throws {
        id = try #require(JobID(queue: "emails", token: token))
        self.logger = logger
    }

    func report(progress fraction: Double) async {}
    func loadCheckpoint() async throws -> [UInt8]? { nil }
    func save(checkpoint: [UInt8]) async throws {}
    func confirmOwnership() async throws {}
    func addKill(_ kill: @escaping @Sendable () -> Void) -> Int { 0 }
    func removeKill(_ name: Int) {}

    /// Runs `email.send` with a payload in JSON, as it comes out of the queue.
    func send(
        _ payload: String, settings: EmailSettings = EmailSettings(), environment: [String: String] = [:],
        in folder: TestFolder
    ) async throws -> Outcome {
        var registry = JobRegistry()
        try EmailDomain.register(
            in: &registry, settings: settings,
            surroundings: Surroundings(
                environment: environment, dataFolder: folder.path,
                configurationFolder: TestFolder.package + "/Config", logger: logger))
        let job = try #require(registry["email.send"])
        return try await job.run(Array(payload.utf8)[...], JobContext(attempt: 1, running: self))
    }
}

extension Outcome {
    var isSuccess: Bool { if case .success = self { true } else { false } }

    /// Why the job was buried; `nil` when it was not.
    var burial: String? { if case .bury(let reason) = self { reason } else { nil } }

    /// Why the job is to be tried again; `nil` when it is not.
    var retryReason: String? { if case .retry(let error, _) = self { "\(error)" } else { nil } }
}
