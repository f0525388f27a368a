/// What was made last, to be used again. What was not used for the longest time is forgotten first.
struct RecentlyUsed<Key: Equatable, Value> {
    private let most: Int
    private var entries: [(key: Key, value: Value)] = []

    init(most: Int) { self.most = most }

    mutating func value(for key: Key) -> Value? {
        guard let index = entries.lastIndex(where: { $0.key == key }) else { return nil }
        entries.append(entries.remove(at: index))
        return entries.last?.value
    }

    mutating func keep(_ value: Value, for key: Key) {
        if entries.count >= most { entries.removeFirst() }
        entries.append((key, value))
    }
}
