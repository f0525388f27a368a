import JobQueue

struct RenewCall: Call {
    let jobs: [ClaimedJob]
    let handings: Int?
    let text: String

    init(_ jobs: [ClaimedJob], handings: Int?) {
        self.jobs = jobs
        self.handings = handings
        text = "renew \(handings == nil ? "some" : "all") \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let lost = try await simulation.queue.renew(jobs.map(\.entry), handings: handings, by: worker.id)
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
