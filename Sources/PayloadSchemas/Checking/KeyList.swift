/// The keys of the objects that the check is in, to find two that are equal.
struct KeyList {
    private struct Entry {
        /// Of the process's own secret: nobody can choose keys that have the same.
        let hash: Int
        let text: ArraySlice<UInt8>
        let span: TextSpan
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }

    mutating func add(_ text: ArraySlice<UInt8>, _ span: TextSpan) {
        entries.append(Entry(hash: text.hashValue, text: text, span: span))
    }

    /// Forgets the keys of an object.
    /// - Returns: one that stands in it twice.
    mutating func removeAll(from first: Int) -> TextSpan? {
        guard entries.count > first else { return nil }
        defer { entries.removeSubrange(first...) }
        guard entries.count > first + 1 else { return nil }
        entries[first...].sort { $0.hash < $1.hash }
        for place in (first + 1)..<entries.count {
            let (one, other) = (entries[place - 1], entries[place])
            if one.hash == other.hash, one.text == other.text { return other.span }
        }
        return nil
    }
}
