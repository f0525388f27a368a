/// The keys of the objects that the check is in, to find two that are equal.
struct KeyList {
    private struct Entry {
        /// Of the process's own secret: nobody can choose keys that have the same.
        let hash: Int
        let span: TextSpan
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }

    /// - Parameter text: what the key says, in UTF-8.
    mutating func add(_ span: TextSpan, _ text: ArraySlice<UInt8>) {
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: $0) }
        entries.append(Entry(hash: hasher.finalize(), span: span))
    }

    /// Forgets the keys of an object.
    /// - Parameter text: what a key says.
    /// - Returns: one that stands in it twice.
    mutating func removeAll(from first: Int, _ text: (TextSpan) -> ArraySlice<UInt8>) -> TextSpan? {
        guard entries.count > first else { return nil }
        defer { entries.removeSubrange(first...) }
        guard entries.count > first + 1 else { return nil }
        entries[first...].sort { $0.hash < $1.hash }
        for place in (first + 1)..<entries.count {
            let (one, other) = (entries[place - 1], entries[place])
            if one.hash == other.hash, text(one.span) == text(other.span) { return other.span }
        }
        return nil
    }
}
