/// The prepared statements of one connection by their text; the one not used for the longest time goes first.
struct StatementCache {
    private struct Entry {
        let name: String
        var lastUse: Int
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var lastNumber = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The name of a statement that is prepared already.
    mutating func name(of sql: String) -> String? {
        uses += 1
        entries[sql]?.lastUse = uses
        return entries[sql]?.name
    }

    mutating func newName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    /// - Returns: the name of the statement that has to go for it.
    mutating func add(_ sql: String, name: String) -> String? {
        let evicted = entries.count < capacity ? nil : entries.min { $0.value.lastUse < $1.value.lastUse }
        if let evicted { entries[evicted.key] = nil }
        uses += 1
        entries[sql] = Entry(name: name, lastUse: uses)
        return evicted?.value.name
    }

    mutating func forget(_ sql: String) { entries[sql] = nil }
}
