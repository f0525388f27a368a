import JobQueue

struct ReleaseCall: Call {
    let jobs: [ClaimedJob]
    let text: String

    init(_ jobs: [ClaimedJob]) {
        self.jobs = jobs
        text = "release \(jobs.map { $0.traceparent ?? "" }.joined(separator: " "))"
    }

    var ends: [EntryID] { jobs.map(\.entryID) }
    var handsBack: Bool { true }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let count = try await simulation.queue.release(
            jobs.map(\.entry), by: worker.id, tolerance: Simulation.tolerance)
        let held = Set(ends).filter { simulation.model.holds(worker.name, $0) }
        try promise(count == held.count, "\(worker.name) holds \(held.count) jobs and released \(count)")
        for entry in ends {
            if simulation.model.holds(worker.name, entry), let number = simulation.model.number(of: entry) {
                release(number, by: worker, in: &simulation.model)
            } else {
                simulation.model.hear(worker.name, of: [entry])
            }
        }
        simulation.model.count("released", by: held.count)
        return Answer(text: "\(count)", ended: ends)
    }

    private func release(_ number: Int, by worker: SimulatedWorker, in model: inout Model) {
        model[number].setbacks.interruptions += 1
        if model[number].setbacks.interruptions >= Simulation.tolerance.interruptions {
            model.end(number, in: .dead, by: worker.name)
            model.openFreedGates()
            model.count("dead")
        } else {
            model[number].deliveries -= 1
            model.set(number, aside: .released)
        }
    }
}
