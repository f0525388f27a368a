import JobQueue

struct RescueCall: Call {
    let limit: Int
    let suspects: Rescue.Suspects
    var tolerance = Simulation.tolerance
    var text: String { "rescue \(limit) \(suspects) suspects" }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let jobs = try await simulation.queue.rescue(
            for: worker.id, lease: Simulation.lease, limit: limit, suspects: suspects, tolerance: tolerance
        ).jobs
        let parked = try follow(jobs, for: worker, in: simulation)
        for job in jobs { try simulation.compare(job, with: simulation.model[simulation.number(of: job)]) }
        let text = simulation.labels(jobs)
        return Answer(
            text: parked.isEmpty ? text : text + ", parked " + parked.joined(separator: " "), gained: jobs)
    }

    /// Goes through what could be rescued, oldest first, as far as the answer must have gone.
    private func follow(
        _ jobs: [ClaimedJob], for worker: SimulatedWorker, in simulation: Simulation
    ) throws(Violation) -> [String] {
        var parked: [String] = []
        var left = jobs[...]
        for candidate in candidates(in: simulation.model) where !left.isEmpty || jobs.count < limit {
            var job = candidate
            let isOwn = job.place == .held(by: worker.name)
            // Nobody died with a job that comes back to its own worker.
            if isOwn { job.deliveries -= 1 }
            simulation.model[job.number].deliveries = job.deliveries
            if job.isCancelled {
                simulation.model.settle(job.number, in: .cancelled)
                simulation.model.openFreedGates()
                simulation.model.count("cancelled")
                continue
            }
            if isDoomed(job) {
                park(job.number, in: &simulation.model)
                parked.append(job.label)
                continue
            }
            if !isOwn { note(job, in: &simulation.model) }
            let isSuspect = job.crashes + job.deliveries >= tolerance.crashes - 1
            if suspects == .with || isSuspect == (suspects == .only) {
                guard let first = left.popFirst(), first.entryID == job.entry else {
                    throw Violation("\(job.label) waits for a rescue and was passed over by \(worker.name)")
                }
                simulation.model.deliver(job.number, as: first.entryID, to: worker.name)
                try promise(
                    first.wasRescued == (job.deliveries > 0), "\(job.label) does not tell whether it was rescued")
            } else {
                simulation.model.set(job.number, aside: isSuspect ? .aside : .released)
            }
        }
        try promise(
            left.isEmpty, "\(worker.name) rescued what it must not have: \(simulation.labels(Array(left)))")
        return parked
    }

    private func candidates(in model: Model) -> [ModelJob] {
        let found = model.jobs.filter {
            suspects == .only ? $0.place == .aside : $0.place == .released || $0.isExpired
        }.sorted { $0.entry! < $1.entry! }
        return suspects == .only ? Array(found.prefix(limit)) : found
    }

    private func isDoomed(_ job: ModelJob) -> Bool {
        job.crashes + job.deliveries >= tolerance.crashes || job.losses + job.setbacks.losses >= tolerance.leaseLosses
    }

    private func park(_ number: Int, in model: inout Model) {
        // Whoever held it last died with it, too.
        model[number].deliveries += 1
        model.settle(number, in: .dead)
        model.openFreedGates()
        model.count("dead")
    }

    /// A silent worker may wake and say that it lives; one that was handed over will not.
    private func note(_ job: ModelJob, in model: inout Model) {
        guard case .held(let holder) = job.place else { return }
        model.count("rescued")
        if !job.isHandedOver { model[job.number].setbacks.silent = holder }
    }
}
