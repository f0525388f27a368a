struct JoinCall: Call {
    var isFresh = true
    var text: String { isFresh ? "join" : "join again" }

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        try await simulation.queue.join(worker.id, isFresh: isFresh)
        return Answer(text: "ok")
    }
}
