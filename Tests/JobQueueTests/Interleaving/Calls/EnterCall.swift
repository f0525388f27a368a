import JobQueue
import Jobs

/// Asks for the passes of jobs.
struct EnterCall: Call {
    let jobs: [ClaimedJob]
    let text: String
    let isRepeated = true

    init(_ jobs: [ClaimedJob]) {
        self.jobs = jobs
        text = "enter \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let asking = try jobs.map { (job: $0, limits: limits(of: simulation.model[try simulation.number(of: $0)])) }
        let told = try await simulation.queue.enter(asking, by: worker.id).all
        var (ended, lost): ([EntryID], [EntryID]) = ([], [])
        for (job, answer) in zip(jobs, told) {
            let expected = expect(job.entryID, by: worker, in: simulation)
            try promise(
                answer == expected, "\(worker.name) was told \(answer) for \(job.traceparent ?? ""), not \(expected)")
            if answer == .blocked { ended.append(job.entryID) }
            if answer == .lost { lost.append(job.entryID) }
        }
        return Answer(text: told.map { "\($0)" }.joined(separator: " "), ended: ended, lost: lost)
    }

    private func limits(of job: ModelJob) -> [Limit] { job.keys.map { Limit($0, concurrency: Model.limits[$0]) } }

    /// What the worker must be told, and what follows from it.
    private func expect(
        _ entry: EntryID, by worker: SimulatedWorker, in simulation: Simulation
    ) -> JobQueue.Admission {
        guard simulation.model.holds(worker.name, entry), let number = simulation.model.number(of: entry) else {
            simulation.model.hear(worker.name, of: [entry])
            return .lost
        }
        guard !simulation.model[number].hasPasses else { return .entered }
        guard let refusing = simulation.model.firstRefusing(simulation.model[number]) else {
            simulation.model[number].hasPasses = true
            return .entered
        }
        if simulation.model[number].isCancelled {
            simulation.model.end(number, in: .cancelled, by: worker.name)
            simulation.model.count("cancelled")
            return .blocked
        }
        simulation.model.end(number, in: .limited(by: refusing), by: worker.name)
        simulation.model[number].order = simulation.nextOrder()
        simulation.model.count("limited")
        return .blocked
    }
}
