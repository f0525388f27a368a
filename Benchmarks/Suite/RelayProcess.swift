internal import Platform

/// A real relay process, as an operator would start it.
enum RelayProcess {
    /// It moves rows of the benchmarks' queue alone.
    static func start(on redisURL: String, _ databaseURL: String, workshop: Workshop) async throws -> WorkerProcess {
        let queue = Workshop.queue.name
        let configuration = workshop.folder + "/relay.json5"
        try workshop.write(#"{ queues: ["\#(queue)"], pools: { main: { queues: ["\#(queue)"] } } }"#, to: configuration)
        return try await WorkerProcess.start(
            ["relay", "--config", configuration], on: redisURL, ["DATABASE_URL": databaseURL], workshop: workshop)
    }
}
