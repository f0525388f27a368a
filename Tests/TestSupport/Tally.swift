internal import Synchronization

/// Counts what happened, by name, from any task.
public final class Tally<Key: Hashable & Sendable>: Sendable {
    private let counted = Mutex<[Key: Int]>([:])

    public init() {}

    public func add(_ key: Key) { counted.withLock { $0[key, default: 0] += 1 } }

    public var counts: [Key: Int] { counted.withLock { $0 } }

    public var total: Int { counted.withLock { $0.values.reduce(0, +) } }
}
