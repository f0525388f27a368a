internal import Platform

/// Decides which queue is asked for jobs first. Pure: time and chance are given.
///
/// Strict order means that the first queue with jobs gets every slot. So that a flood there never starves the others, a
/// queue ages: once it was not asked for a second it gets an eighth of the room, until it has nothing left. An urgent job
/// still finds seven slots of eight working for it.
struct ClaimOrder {
    struct Turn: Equatable {
        /// Index of the queue.
        let queue: Int
        /// How many jobs it may take at the most; nil is all that there is room for.
        let share: Int?
        /// Where its jobs stand among those that wait in the worker: the lower runs first.
        let rank: Int
    }

    private static let patience = Duration.seconds(1)
    private static let agedShare = 1.0 / 8

    /// Nil is strict.
    private let weights: [Int]?
    private var lastAsked: [MonotonicTime]
    private var isAged: [Bool]
    /// What aged queues may take together; less than a job is saved up.
    private var credit = 0.0

    init(queues: Int, weights: [Int]?, now: MonotonicTime) {
        self.weights = weights
        lastAsked = Array(repeating: now, count: queues)
        isAged = Array(repeating: false, count: queues)
    }

    /// The queues that are served, in the order to ask them for so many jobs.
    mutating func next(
        room: Int, now: MonotonicTime, isServed: (Int) -> Bool = { _ in true },
        using random: inout some RandomNumberGenerator
    ) -> [Turn] {
        var turns = order(using: &random).filter(isServed).map { Turn(queue: $0, share: nil, rank: rank(of: $0)) }
        guard let aged = oldest(of: turns.dropFirst().map(\.queue), now: now) else {
            credit = 0
            return turns
        }
        credit = min(credit + Double(room) * Self.agedShare, Double(room))
        guard credit >= 1 else { return turns }
        let share = Int(credit)
        credit -= Double(share)
        turns.removeAll { $0.queue == aged }
        turns.insert(Turn(queue: aged, share: share, rank: 0), at: 0)
        return turns
    }

    /// Of those that have aged, the one that was asked longest ago.
    private mutating func oldest(of queues: [Int], now: MonotonicTime) -> Int? {
        for queue in queues where now.since(lastAsked[queue]) >= Self.patience { isAged[queue] = true }
        return queues.filter { isAged[$0] }.min { lastAsked[$0] < lastAsked[$1] }
    }

    /// What has its turn by weight or by its patience runs in the order it came.
    func rank(of queue: Int) -> Int { weights == nil ? queue : 0 }

    /// - Parameter isEmpty: nothing is left of it.
    mutating func asked(_ queue: Int, isEmpty: Bool, now: MonotonicTime) {
        lastAsked[queue] = now
        if isEmpty { isAged[queue] = false }
    }

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
