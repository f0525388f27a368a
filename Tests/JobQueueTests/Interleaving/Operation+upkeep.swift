import JobQueue
import RedisClient

/// What any worker does for the queue now and then.
extension Operation {
    static let upkeep: [Operation] = [
        Operation(weight: 10) { simulation in
            guard let worker = simulation.anyWorker() else { return }
            try await simulation.say(simulation.anyRescue(), by: worker)
        },
        Operation(weight: 7) { try await $0.promote(limit: $0.draw(1...10)) },
        Operation(weight: 2) { try await $0.forget() },
        Operation(weight: 1) { try await $0.sweep() },
        Operation(weight: 1) { try await $0.compareStatistics() },
    ]
}

extension Simulation {
    func promote(limit: Int) async throws {
        let due = model.jobs.filter { $0.place == .later(isDue: true) }
        let promotion = try await queue.promote(limit: limit)
        note("promote \(limit) -> \(promotion.count)")
        try promise(
            promotion.count == min(limit, due.count), "of \(due.count) due jobs \(promotion.count) were promoted")
        for number in try await membersPromoted(of: due) { model[number].place = .ready }
        let left = model.jobs.contains { if case .later = $0.place { true } else { false } }
        try promise(
            (promotion.nextDue != nil) == left,
            "jobs wait: \(left), and the next is due \(promotion.nextDue == nil ? "never" : "some time")")
    }

    /// Which of them do not wait any more.
    private func membersPromoted(of due: [ModelJob]) async throws -> [Int] {
        guard !due.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        pipeline.add(["ZMSCORE", queue.keys.later] + due.compactMap(\.member))
        let scores = try await client.send(pipeline).first.elements
        return zip(due, scores).filter { $1.isNull }.map { $0.0.number }
    }

    func anyRescue() -> RescueCall {
        RescueCall(limit: draw(1...8), suspects: pick([.without, .without, .with, .only]) ?? .with)
    }

    /// Forgets all that hold nothing; those that live are not hurt by it.
    func forget() async throws {
        note("forget \(try await queue.forgetWorkers(silentFor: .milliseconds(-1)))")
    }

    /// Takes passes only from jobs that are gone, and here none is.
    func sweep() async throws {
        note("sweep")
        try await queue.sweepLimits()
    }

    func compareStatistics() async throws {
        let told = try await queue.statistics()
        let places = model.jobs.map(\.place)
        func count(_ condition: (Place) -> Bool) -> Int { places.filter(condition).count }
        let waiting = count { if case .later = $0 { true } else { false } }
        let active = count { if case .held = $0 { true } else { false } }
        try promise(
            told.ready == count { [.ready, .admitted, .released, .aside].contains($0) } && told.active == active
                && told.scheduled + told.retrying == waiting
                && told.blocked == count { if case .limited = $0 { true } else { $0 == .blocked } }
                && told.dead == count { $0 == .dead },
            "the statistics do not tell what is: \(told)")
    }
}
