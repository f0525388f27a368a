import JobQueue

struct ClaimCall: Call {
    let count: Int
    var lane = Lane.ordinary
    var text: String { "claim \(count) \(lane)" }

    private var place: Place { lane == .admitted ? .admitted : .ready }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let jobs = try await worker.claimer.claim(from: 0, lane: lane, count: count).map(\.job)
        let ready = simulation.model.numbers { $0.place == place }.count
        try promise(
            jobs.count == min(count, ready), "\(worker.name) asked for \(count) of \(ready) jobs and got \(jobs.count)")
        for job in jobs {
            let number = try simulation.number(of: job)
            let known = simulation.model[number]
            try promise(known.place == place, "\(known.label) was claimed and is \(known.place)")
            try promise(!job.wasRescued, "\(known.label) was claimed as one that was rescued")
            simulation.model.deliver(number, as: job.entryID, to: worker.name)
            try simulation.compare(job, with: simulation.model[number])
        }
        return Answer(text: simulation.labels(jobs), gained: jobs)
    }
}
