internal import Synchronization

/// So many bytes and no more, shared by all.
final class ByteBudget: Sendable {
    private let rest: Atomic<Int>

    init(_ bytes: Int) { rest = Atomic(bytes) }

    /// False, and nothing is taken, when there are not so many.
    func take(_ count: Int) -> Bool {
        guard rest.subtract(count, ordering: .relaxed).newValue < 0 else { return true }
        give(count)
        return false
    }

    func give(_ count: Int) { rest.add(count, ordering: .relaxed) }
}
