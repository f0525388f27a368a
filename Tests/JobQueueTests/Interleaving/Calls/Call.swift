/// Something a worker says to the queue.
protocol Call {
    /// For the trace: the same in every run of a seed.
    var text: String { get }
    /// The entries that it brings to their end for this worker, however it is answered.
    var ends: [EntryID] { get }
    /// Whether those entries are handed back, to run again.
    var handsBack: Bool { get }
    /// Whether a worker says it again until it is answered.
    var isRepeated: Bool { get }

    /// Says it, holds the answer against the model, and brings the model up to date.
    /// - Throws: ``Violation``, or the error of Redis.
    func perform(by worker: SimulatedWorker, in simulation: Simulation) async throws -> Answer
}

extension Call {
    var ends: [EntryID] { [] }
    var handsBack: Bool { false }
    var isRepeated: Bool { !ends.isEmpty }
}
