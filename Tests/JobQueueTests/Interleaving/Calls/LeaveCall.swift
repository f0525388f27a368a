/// A worker ends. What it still holds it does not know of, and that is handed back.
struct LeaveCall: Call {
    let text = "leave"

    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer {
        let count = try await simulation.queue.leave(worker.id)
        let held = simulation.model.numbers { $0.place == .held(by: worker.name) }
        try promise(count == held.count, "\(worker.name) left with \(held.count) jobs and handed back \(count)")
        for number in held {
            simulation.model[number].deliveries -= 1
            simulation.model.set(number, aside: .released)
        }
        return Answer(text: "\(count)")
    }
}
