import JobQueue

/// What a worker does with jobs.
extension Operation {
    static let workers: [Operation] = [
        Operation(weight: 16) { simulation in
            guard let worker = simulation.anyWorker() else { return }
            try await simulation.say(ClaimCall(count: simulation.draw(1...6)), by: worker)
        },
        Operation(weight: 6) { simulation in
            guard let worker = simulation.anyWorker() else { return }
            try await simulation.say(ClaimCall(count: simulation.draw(1...3), lane: .admitted), by: worker)
        },
        Operation(weight: 10) { simulation in
            let isBusy = simulation.happens(80)
            guard let worker = simulation.anyWorker(where: { !isBusy || !$0.mentioned.isEmpty }) else { return }
            try await simulation.renew(by: worker)
        },
        Operation(weight: 12) { try await $0.enterSome() },
        Operation(weight: 10) { try await $0.completeSome() },
        Operation(weight: 5) { try await $0.endOne { job, _ in EndCall(job: job, verb: .finish(.done)) } },
        Operation(weight: 2) { try await $0.endOne { job, _ in EndCall(job: job, verb: .finish(.discarded)) } },
        Operation(weight: 6) { try await $0.endOne { job, isDue in EndCall(job: job, verb: .retry(isDue: isDue)) } },
        Operation(weight: 4) { try await $0.endOne { job, isDue in EndCall(job: job, verb: .snooze(isDue: isDue)) } },
        Operation(weight: 2) { try await $0.endOne { job, _ in EndCall(job: job, verb: .bury) } },
        Operation(weight: 4) { simulation in
            guard let worker = simulation.anyWorker(where: { !$0.openJobs.isEmpty }) else { return }
            // A renewal that is still on its way speaks of what is handed back meanwhile.
            if simulation.happens(30) { simulation.sendLate(worker.newRenewal, by: worker) }
            try await simulation.say(ReleaseCall(simulation.some(worker.openJobs)), by: worker)
            // Nobody waits for the answer before the leases are renewed.
            if simulation.happens(50) { try await simulation.renew(by: worker) }
        },
        Operation(weight: 2) {
            try await $0.endOne { job, isOver in EndCall(job: job, verb: .awaitType(isOver: isOver)) }
        },
        Operation(weight: 3) { try await $0.endOne { job, _ in ProgressCall(job: job) } },
        Operation(weight: 3) { try await $0.endOne { job, _ in CheckpointCall(job: job) } },
    ]
}

extension Simulation {
    /// One of them at least, in another order, and sometimes one of them twice.
    func some<Element>(_ elements: [Element]) -> [Element] {
        var chosen = Array(elements.shuffled(using: &chance).prefix(draw(1...max(1, elements.count))))
        if happens(10), let first = chosen.first { chosen.append(first) }
        return chosen
    }

    /// All that the worker knows of, or a part.
    func renew(by worker: SimulatedWorker) async throws {
        let (jobs, isAll) = worker.renewal
        let isPart = !jobs.isEmpty && happens(25)
        try await say(
            isPart ? RenewCall(some(jobs), handings: nil) : RenewCall(jobs, handings: isAll ? worker.handings : nil),
            by: worker)
    }

    /// Of the jobs with limits; one that has its passes may ask again.
    func enterSome() async throws {
        guard let worker = anyWorker(where: { !limited($0.openJobs).isEmpty }) else { return }
        try await say(EnterCall(some(limited(worker.openJobs))), by: worker)
    }

    func limited(_ jobs: [ClaimedJob]) -> [ClaimedJob] {
        jobs.filter { $0.number.map { !model[$0].keys.isEmpty } ?? false }
    }

    /// Tracked jobs are not completed in a batch: each has a result of its own.
    func completeSome() async throws {
        guard let worker = anyWorker(where: { $0.openJobs.contains { !$0.isTracked } }) else { return }
        let jobs = worker.openJobs.filter { !$0.isTracked }
        try await say(CompleteCall(some(jobs), as: happens(80) ? .done : .discarded), by: worker)
    }

    func endOne(_ call: (ClaimedJob, Bool) -> any Call) async throws {
        guard let worker = anyWorker(where: { !$0.openJobs.isEmpty }), let job = pick(worker.openJobs) else { return }
        try await say(call(job, happens(40)), by: worker)
    }
}
