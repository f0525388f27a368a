/// First in, first out among those of one rank; the lowest rank goes first.
///
/// Inlinable for the reason that ``FIFO`` is.
public struct RankedFIFO<Element> {
    @usableFromInline var ranks: [FIFO<Element>] = [FIFO()]
    @usableFromInline var stored = 0
    @inlinable public var count: Int { stored }

    @inlinable public init() {}

    @inlinable public var isEmpty: Bool { count == 0 }

    /// What is taken next.
    @inlinable public var first: Element? {
        for rank in ranks { if let first = rank.first { return first } }
        return nil
    }

    /// The rank of what is taken next; nil when there is nothing.
    @inlinable public var firstRank: Int? { ranks.firstIndex { !$0.isEmpty } }

    /// - Parameter rank: 0 or more; there should be few.
    @inlinable
    public mutating func append(_ element: Element, rank: Int) {
        while ranks.count <= rank { ranks.append(FIFO()) }
        ranks[rank].append(element)
        stored += 1
    }

    @inlinable
    public mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        for rank in ranks.indices {
            guard let element = ranks[rank].popFirst() else { continue }
            stored -= 1
            return element
        }
        return nil
    }

    /// In the order they would have been taken.
    @inlinable
    public mutating func removeAll() -> [Element] {
        stored = 0
        return ranks.indices.flatMap { ranks[$0].removeAll() }
    }
}
