import JobQueue
import Jobs

/// How a worker ends one job with words of its own.
struct EndCall: Call {
    enum Verb {
        case finish(JobQueue.End)
        case retry(isDue: Bool)
        case snooze(isDue: Bool)
        case bury
        case awaitType(isOver: Bool)
        case block
    }

    let job: ClaimedJob
    let verb: Verb

    var text: String { "\(verb) \(job.traceparent ?? "")" }
    var ends: [EntryID] { [job.entryID] }

    var handsBack: Bool {
        switch verb {
        case .block: true
        case .finish, .retry, .snooze, .bury, .awaitType: false
        }
    }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let won = try await say(by: worker.id, to: simulation.queue)
        let holds = simulation.model.holds(worker.name, job.entryID)
        simulation.model.hear(worker.name, of: ends)
        let label = simulation.model.label(of: job.entryID)
        try promise(won == holds, "\(worker.name) holds \(label): \(holds), and was told \(won) to \(text)")
        if won, let number = simulation.model.number(of: job.entryID) {
            note(number, by: worker.name, in: simulation)
            simulation.model.openFreedGates()
            if case .later(let isDue) = simulation.model[number].place {
                try await simulation.schedule(number, isDue: isDue)
            }
        }
        return Answer(text: "\(won)", ended: ends)
    }

    private func say(by worker: WorkerID, to queue: JobQueue) async throws -> Bool {
        switch verb {
        case .finish(let end): try await queue.finish(job, as: end, by: worker)
        case .retry(let isDue): try await queue.retry(job, in: Simulation.delay(isDue), error: "e", by: worker)
        case .snooze(let isDue): try await queue.snooze(job, for: Simulation.delay(isDue), by: worker)
        case .bury: try await queue.bury(job, reason: .buried, error: "e", by: worker)
        case .awaitType(let isOver):
            try await queue.awaitType(
                of: job, limit: isOver ? .zero : Simulation.delay(false), error: "e", by: worker) != nil
        case .block: try await queue.block(job, by: worker) != .lost
        }
    }

    private func note(_ number: Int, by worker: String, in simulation: Simulation) {
        if simulation.model[number].isCancelled, isCancellable(in: simulation) {
            simulation.model.end(number, in: .cancelled, by: worker)
            simulation.model.count("cancelled")
        } else if case .block = verb, !simulation.isPaused {
            simulation.model[number].deliveries -= 1
            simulation.model.set(number, aside: .released)
        } else {
            note(number, by: worker, in: &simulation.model)
        }
    }

    /// What would run again does not, when somebody asked for its end.
    private func isCancellable(in simulation: Simulation) -> Bool {
        switch verb {
        case .retry, .snooze, .awaitType(isOver: false): true
        case .block: simulation.isPaused
        case .finish, .bury, .awaitType(isOver: true): false
        }
    }

    private func note(_ number: Int, by worker: String, in model: inout Model) {
        switch verb {
        case .block: model.end(number, in: .blocked, by: worker)
        case .finish(let end):
            model.end(number, in: end.place, by: worker)
            model.count(end.rawValue)
        case .retry(let isDue):
            model.end(number, in: .later(isDue: isDue), by: worker)
            model[number].attempt += 1
            model.count("retried")
        case .snooze(let isDue):
            model.end(number, in: .later(isDue: isDue), by: worker)
            model[number].snoozes += 1
            model.count("snoozed")
        case .awaitType(isOver: false):
            model.end(number, in: .later(isDue: false), by: worker)
            model[number].snoozes += 1
            model.count("snoozed")
        case .bury, .awaitType(isOver: true):
            model.end(number, in: .dead, by: worker)
            model.count("dead")
        }
    }
}
