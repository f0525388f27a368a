import JobQueue

struct CompleteCall: Call {
    let jobs: [ClaimedJob]
    let end: JobQueue.End
    let text: String

    init(_ jobs: [ClaimedJob], as end: JobQueue.End) {
        self.jobs = jobs
        self.end = end
        text = "complete \(end) \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    var ends: [EntryID] { jobs.map(\.entryID) }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let lost = try await simulation.queue.complete(jobs, as: end, by: worker.id)
        let entries = try simulation.checkLost(lost, of: jobs, by: worker)
        simulation.model.hear(worker.name, of: jobs.map(\.entryID))
        // One lane after the other, each in a step of its own.
        for lane in Lane.allCases {
            for job in jobs where job.lane == lane && simulation.model.holds(worker.name, job.entryID) {
                guard let number = simulation.model.number(of: job.entryID) else { continue }
                simulation.model.end(number, in: end.place, by: worker.name)
                simulation.model.count(end.rawValue)
            }
            simulation.model.openFreedGates()
        }
        return Answer(text: "lost \(simulation.labels(entries))", ended: ends)
    }
}

extension JobQueue.End {
    var place: Place {
        switch self {
        case .done: .done
        case .discarded: .discarded
        case .cancelled: .cancelled
        case .expired: .expired
        }
    }
}
