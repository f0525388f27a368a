internal import Platform

/// Decides which queue is asked for jobs first. Pure: time and chance are given.
///
/// Strict order means that the first queue with jobs gets every slot. So that a flood there never starves the others, a
/// queue that was not asked for a second is asked first once, for an eighth of the room: it moves, and an urgent job
/// still finds seven slots of eight working for it.
struct ClaimOrder {
    struct Turn: Equatable {
        /// Index of the queue.
        let queue: Int
        /// The part of the room it may take: one of `1/divisor`.
        let divisor: Int
        /// Where its jobs stand among those that wait in the worker: the lower runs first.
        let rank: Int
    }

    private static let patience = Duration.seconds(1)
    private static let sharedDivisor = 8

    /// Nil is strict.
    private let weights: [Int]?
    private var lastAsked: [MonotonicTime]

    init(queues: Int, weights: [Int]?, now: MonotonicTime) {
        self.weights = weights
        lastAsked = Array(repeating: now, count: queues)
    }

    /// The queues in the order to ask them.
    mutating func next(now: MonotonicTime, using random: inout some RandomNumberGenerator) -> [Turn] {
        var turns = order(using: &random).map { Turn(queue: $0, divisor: 1, rank: rank(of: $0)) }
        guard let starving = turns.dropFirst().first(where: { now.since(lastAsked[$0.queue]) >= Self.patience }) else {
            return turns
        }
        turns.removeAll { $0 == starving }
        turns.insert(Turn(queue: starving.queue, divisor: Self.sharedDivisor, rank: 0), at: 0)
        return turns
    }

    /// What has its turn by weight or by its patience runs in the order it came.
    func rank(of queue: Int) -> Int { weights == nil ? queue : 0 }

    mutating func asked(_ queue: Int, now: MonotonicTime) { lastAsked[queue] = now }

    /// Weighted: a random order in which each next queue is drawn in proportion to its weight
    /// (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
    private func order(using random: inout some RandomNumberGenerator) -> [Int] {
        guard let weights else { return Array(lastAsked.indices) }
        var rest = Array(lastAsked.indices)
        var order: [Int] = []
        while !rest.isEmpty {
            var draw = Int.random(in: 0..<rest.reduce(0) { $0 + weights[$1] }, using: &random)
            let place = rest.firstIndex { queue in
                draw -= weights[queue]
                return draw < 0
            }
            order.append(rest.remove(at: place ?? 0))
        }
        return order
    }
}
