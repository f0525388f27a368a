import JobQueue

struct CheckpointCall: Call {
    let job: ClaimedJob
    var text: String { "checkpoint \(job.traceparent ?? "")" }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let won = try await simulation.queue.save(
            checkpoint: Array(worker.name.utf8), of: job, for: .seconds(3600), by: worker.id)
        let holds = simulation.model.holds(worker.name, job.entryID)
        try promise(won == holds, "\(worker.name) holds \(job.traceparent ?? ""): \(holds), and was told \(won)")
        simulation.model.hear(worker.name, of: [job.entryID])
        // A job that gets on is not parked for being interrupted often.
        if won, let number = simulation.model.number(of: job.entryID) {
            simulation.model[number].setbacks.interruptions = 0
        }
        return Answer(text: "\(won)")
    }
}
