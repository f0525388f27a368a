/// What befalls workers.
extension Operation {
    static let faults: [Operation] = [
        Operation(weight: 6) { try await $0.expireSome() },
        Operation(weight: 5) { try await $0.waitForSome() },
        Operation(weight: 2) { try await $0.crash() },
        Operation(weight: 4) { try await $0.freeze() },
        Operation(weight: 3) { try await $0.wake() },
        Operation(weight: 2) { try await $0.leave() },
        Operation(weight: 2) { try await $0.joinAgain() },
    ]
}

extension Simulation {
    /// The leases of one worker run out, or those of some jobs.
    func expireSome() async throws {
        let held = model.numbers { if case .held = $0.place { !$0.isExpired } else { false } }
        guard let one = pick(held) else { return }
        let holder = model[one].place
        let numbers = happens(60) ? held.filter { model[$0].place == holder } : some(held)
        note("expire \(numbers.map { "j\($0)" }.joined(separator: " "))")
        try await expire(numbers)
        // Soon enough, the one that lost them does not know.
        if happens(60), let worker = anyWorker() { try await say(anyRescue(), by: worker) }
    }

    /// The time of some waiting jobs comes.
    func waitForSome() async throws {
        let waiting = model.numbers { $0.place == .later(isDue: false) }
        guard !waiting.isEmpty else { return }
        let numbers = some(waiting)
        note("due \(numbers.map { "j\($0)" }.joined(separator: " "))")
        try await makeDue(numbers)
    }

    /// A worker vanishes, and another takes its place. What it said last may still arrive; nobody reads the answers.
    func crash() async throws {
        guard let index = workers.indices.randomElement(using: &chance) else { return }
        let worker = workers[index]
        note("\(worker.name) dies")
        worker.frozenUntil = 0
        worker.flights.removeAll { $0.answer != nil || happens(50) }
        ghosts.append(worker)
        if happens(50) { try await handOver(from: worker) }
        workers[index] = try await newWorker()
    }

    /// Whoever saw a worker die says so.
    private func handOver(from worker: SimulatedWorker) async throws {
        let held = model.numbers { $0.place == .held(by: worker.name) }
        let count = try await queue.handOver(from: worker.id)
        note("hand over from \(worker.name) -> \(count)")
        try promise(count == held.count, "\(worker.name) held \(held.count) jobs, and \(count) were handed over")
        for number in held {
            model[number].isExpired = true
            model[number].isHandedOver = true
        }
    }

    /// A worker stops, with all that it believes and all that is on its way.
    func freeze() async throws {
        guard let worker = anyWorker() else { return }
        // What was claimed at the last moment is read after everything else.
        if happens(50) { try await claimLate(by: worker) }
        worker.frozenUntil = step + draw(5...60)
        note("\(worker.name) freezes until \(worker.frozenUntil)")
        let held = model.numbers { $0.place == .held(by: worker.name) }
        guard !held.isEmpty, happens(70) else { return }
        try await expire(some(held))
        if happens(60), let other = anyWorker() { try await say(anyRescue(), by: other) }
    }

    private func claimLate(by worker: SimulatedWorker) async throws {
        let call = ClaimCall(count: draw(1...3))
        let answer = try await perform(call, by: worker)
        worker.flights.append(Flight(call: call, answer: answer, arrival: step + draw(1...80)))
    }

    /// A frozen worker goes on, and says all that it believes.
    func wake() async throws {
        guard let worker = pick(workers.filter { $0.frozenUntil > step }) else { return }
        note("\(worker.name) wakes up")
        worker.frozenUntil = step
        if happens(50) { try await renew(by: worker) }
        for job in worker.openJobs {
            switch draw(1...5) {
            case 1: try await say(EndCall(job: job, verb: .retry(isDue: happens(50))), by: worker)
            case 2: try await say(EndCall(job: job, verb: .bury), by: worker)
            case 3: try await say(ReleaseCall([job]), by: worker)
            case 4: try await say(EndCall(job: job, verb: .finish(.done)), by: worker)
            default: try await say(job.isTracked ? ProgressCall(job: job) : CompleteCall([job], as: .done), by: worker)
            }
        }
    }

    /// A worker joins again, as after an outage, with all that it believes.
    func joinAgain() async throws {
        guard let worker = anyWorker(where: { !$0.mentioned.isEmpty }) else { return }
        try await say(JoinCall(isFresh: false), by: worker)
        try await checkTrust(in: worker)
    }

    /// A worker that thinks that it is done leaves; its place is taken by a new one.
    func leave() async throws {
        guard let worker = anyWorker(where: { $0.beliefs.isEmpty && $0.flights.isEmpty }),
            let index = workers.firstIndex(where: { $0 === worker })
        else { return }
        note("\(worker.name) leaves -> \(try await LeaveCall().perform(by: worker, in: self).text)")
        ghosts.append(worker)
        workers[index] = try await newWorker()
    }
}
