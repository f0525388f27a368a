internal import Platform

/// A real relay process, as an operator would start it.
enum RelayProcess {
    /// It moves rows of the benchmarks' queue alone.
    static func start(on redisURL: String, _ databaseURL: String, workshop: Workshop) async throws -> WorkerProcess {
        try await WorkerProcess.start(
            ["relay", "--config", try workshop.configuration()], on: redisURL, ["DATABASE_URL": databaseURL],
            workshop: workshop)
    }
}
