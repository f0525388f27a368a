import JobQueue

struct RenewCall: Call {
    let jobs: [ClaimedJob]
    let isAll: Bool
    let text: String

    init(_ jobs: [ClaimedJob], isAll: Bool) {
        self.jobs = jobs
        self.isAll = isAll
        text = "renew \(isAll ? "all" : "some") \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let lost = try await simulation.queue.renew(jobs.map(\.entry), all: isAll, by: worker.id)
        let entries = try simulation.checkLost(lost, of: jobs, by: worker)
        simulation.model.hear(worker.name, of: jobs.map(\.entryID))
        for job in jobs {
            guard simulation.model.holds(worker.name, job.entryID),
                let number = simulation.model.number(of: job.entryID)
            else { continue }
            simulation.model[number].isExpired = false
            simulation.model[number].isHandedOver = false
        }
        try await simulation.checkTrust(in: worker)
        return Answer(text: "lost \(simulation.labels(entries))", lost: entries)
    }
}
