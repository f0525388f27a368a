/// The prepared statements of one connection by their text; the one not used for the longest time goes first.
struct StatementCache {
    private struct Entry {
        let name: String
        var lastUse: Int
        /// How often its text was used, and when it is to be prepared anew.
        var count = 0
        var renewal = 16
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var lastNumber = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The name of a statement that is prepared already.
    ///
    /// Nil as well at its 16th, 64th, 256th … use: the server keeps to the plan that was best at the first uses, and a table
    /// that was nearly empty then may have grown since.
    mutating func name(of sql: String) -> String? {
        uses += 1
        guard var entry = entries[sql] else { return nil }
        entry.lastUse = uses
        entry.count += 1
        entries[sql] = entry
        return entry.count == entry.renewal ? nil : entry.name
    }

    mutating func newName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    /// - Returns: the name of the statement that has to go for it.
    mutating func add(_ sql: String, name: String) -> String? {
        uses += 1
        if let old = entries[sql] {
            entries[sql] = Entry(name: name, lastUse: uses, count: old.count, renewal: old.renewal * 4)
            return old.name
        }
        let evicted = entries.count < capacity ? nil : entries.min { $0.value.lastUse < $1.value.lastUse }
        if let evicted { entries[evicted.key] = nil }
        entries[sql] = Entry(name: name, lastUse: uses)
        return evicted?.value.name
    }

    mutating func forget(_ sql: String) { entries[sql] = nil }
}
