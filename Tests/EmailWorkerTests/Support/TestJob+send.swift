import EmailWorker
import JobTesting
import Jobs
import Testing

extension TestJob {
    /// Runs `email.send` with a payload in JSON, as it comes out of the queue.
    func send(
        _ payload: String, settings: EmailSettings = EmailSettings(), environment: [String: String] = [:],
        in folder: TestFolder
    ) async throws -> Outcome {
        await run(try Self.email(settings, environment, in: folder), args: payload.utf8).outcome
    }

    /// The registered job, with its transport.
    static func email(
        _ settings: EmailSettings, _ environment: [String: String], in folder: TestFolder
    ) throws -> RegisteredJob {
        var registry = JobRegistry()
        try EmailDomain.register(
            in: &registry, settings: settings,
            surroundings: Surroundings(
                environment: environment, dataFolder: folder.path,
                configurationFolder: TestFolder.package + "/Config"))
        return try #require(registry["email.send"])
    }
}
