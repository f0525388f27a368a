import JobQueue

struct CompleteCall: Call {
    let jobs: [ClaimedJob]
    let counter: JobQueue.Counter
    let text: String

    init(_ jobs: [ClaimedJob], as counter: JobQueue.Counter) {
        self.jobs = jobs
        self.counter = counter
        text = "complete \(counter) \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    var ends: [EntryID] { jobs.map(\.entryID) }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let lost = try await simulation.queue.complete(jobs.map(\.entry), as: counter, by: worker.id)
        let entries = try simulation.checkLost(lost, of: jobs, by: worker)
        simulation.model.hear(worker.name, of: jobs.map(\.entryID))
        for job in jobs where simulation.model.holds(worker.name, job.entryID) {
            guard let number = simulation.model.number(of: job.entryID) else { continue }
            simulation.model.end(number, in: counter.place, by: worker.name)
            simulation.model.count(counter.place == .done ? "done" : "discarded")
        }
        return Answer(text: "lost \(simulation.labels(entries))", ended: ends)
    }
}

extension JobQueue.Counter {
    var place: Place {
        switch self {
        case .done: .done
        case .discarded: .discarded
        }
    }
}
