/// States of a pattern, each once; emptied in no time.
struct StateSet {
    private(set) var members: [Int] = []
    private var rounds: [Int]
    private var round = 1

    init(capacity: Int) { rounds = Array(repeating: 0, count: capacity) }

    /// - Returns: whether it was new.
    mutating func insert(_ state: Int) -> Bool {
        guard rounds[state] != round else { return false }
        rounds[state] = round
        members.append(state)
        return true
    }

    mutating func removeAll() {
        members.removeAll(keepingCapacity: true)
        round += 1
    }
}
