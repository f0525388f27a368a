import JobQueue

struct ProgressCall: Call {
    let job: ClaimedJob
    var text: String { "progress \(job.traceparent ?? "")" }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let won = try await simulation.queue.report(progress: 0.5, of: job, by: worker.id)
        let holds = simulation.model.holds(worker.name, job.entryID)
        try promise(won == holds, "\(worker.name) holds \(job.traceparent ?? ""): \(holds), and was told \(won)")
        simulation.model.hear(worker.name, of: [job.entryID])
        return Answer(text: "\(won)")
    }
}
