import JobQueue
import Jobs

/// What people ask of the queue.
extension Operation {
    static let people: [Operation] = [
        Operation(weight: 4) { try await $0.cancelOne() },
        Operation(weight: 1) { try await $0.pauseType() },
        Operation(weight: 1) { try await $0.resumeType(isWhole: $0.happens(50)) },
        Operation(weight: 3) { try await $0.unblockSome() },
        Operation(weight: 4) { simulation in
            guard let worker = simulation.anyWorker(where: { $0.openJobs.contains(where: \.isOfPausedType) }),
                let job = simulation.pick(worker.openJobs.filter(\.isOfPausedType))
            else { return }
            try await simulation.say(EndCall(job: job, verb: .block), by: worker)
        },
    ]
}

extension ClaimedJob {
    fileprivate var isOfPausedType: Bool { type.elementsEqual("t.x".utf8) }
}

extension Simulation {
    static let pausable = Pausable.type("t.x")

    /// By the id that its producer was told. It is found in whatever place it is.
    func cancelOne() async throws {
        guard let number = pick(model.numbers { $0.token != nil }), let token = model[number].token,
            let id = JobID(queue: queue.name, token: token)
        else { return }
        let answer = try await queue.cancel(id)
        note("cancel \(model[number].label) -> \(answer)")
        let expected = expectedAnswer(of: model[number])
        try promise(
            expected.contains(answer), "\(model[number].label) is \(model[number].place), and to cancel it is \(answer)"
        )
        if answer == .cancelling { model[number].isCancelled = true }
        guard answer == .cancelled, !model[number].place.isEnd else { return }
        model.settle(number, in: .cancelled)
        model.openFreedGates()
        model.count("cancelled")
    }

    private func expectedAnswer(of job: ModelJob) -> [JobQueue.Cancellation] {
        switch job.place {
        case .ready, .admitted, .released, .aside, .later, .blocked, .limited: [.cancelled]
        case .held: [.cancelling]
        case .dead: [.ended(.dead)]
        case .done: [job.trackedAs == nil ? .unknown : .ended(.done)]
        case .discarded: [job.trackedAs == nil ? .unknown : .ended(.discarded)]
        case .cancelled: [job.trackedAs == nil ? .unknown : .cancelled]
        case .expired: [job.trackedAs == nil ? .unknown : .ended(.expired)]
        }
    }

    func pauseType() async throws {
        note("pause -> \(try await queue.pause(Self.pausable))")
        isPaused = true
    }

    /// Whoever resumes it may die before all that waited is ready.
    func resumeType(isWhole: Bool) async throws {
        note("resume \(isWhole ? "" : "and die")")
        isPaused = false
        guard isWhole else {
            _ = try await client.call("FCALL", "cw_resume", "1", queue.keys.stream, "type:t.x")
            return
        }
        try await queue.resume(Self.pausable)
        for number in model.numbers(where: { $0.place == .blocked }) { model[number].place = .ready }
    }

    /// Any worker makes ready what waits behind an open gate.
    func unblockSome() async throws {
        let limit = draw(1...5)
        let moved =
            try await client.call(
                "FCALL", "cw_unblock", "1", queue.keys.stream, "type:t.x", String(limit)
            ).integer ?? 0
        let waiting = model.numbers { $0.place == .blocked }
        note("unblock \(limit) -> \(moved)")
        try promise(
            moved == (isPaused ? 0 : min(limit, waiting.count)),
            "of \(waiting.count) blocked jobs \(moved) were made ready")
        guard moved > 0 else { return }
        let snapshot = try await Snapshot(of: queue.keys.stream, through: client)
        let left = Set(snapshot.blockedJobs.values.compactMap { $0["trace"] })
        for number in waiting where !left.contains(model[number].label) { model[number].place = .ready }
    }
}
