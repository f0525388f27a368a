public import RedisClient

/// Goes through the dead letters of a queue, a page at a time, and picks those that a filter means.
public struct LetterScan: Sendable {
    /// What one page brought.
    public struct Portion: Sendable {
        /// Those that are meant.
        public let letters: [DeadLetter]
        /// All that were looked at; the last of them is where the scan has come to.
        public let examined: [DeadLetter]
    }

    /// Live work comes between two pages.
    private static let lettersAPage = 32

    private let store: LetterStore
    private let filter: DeadFilter
    private var range: LetterStore.Range
    private var cursor: LetterCursor?
    private var isAtEnd = false

    /// - Parameters:
    ///   - cursor: where an earlier scan has come to.
    ///   - until: letters that were buried later are not looked at; milliseconds since 1970.
    public init(
        _ store: LetterStore, _ filter: DeadFilter, _ order: LetterStore.Range.Order,
        behind cursor: LetterCursor? = nil,
        until: Int? = nil
    ) {
        self.store = store
        self.filter = filter
        self.cursor = cursor
        range = filter.range(order)
        if let until { range.until = min(range.until ?? until, until) }
    }

    /// Nil at the end.
    public mutating func next() async throws(RedisError) -> Portion? {
        guard !isAtEnd else { return nil }
        if !filter.ids.isEmpty { return try await named() }
        let page = try await store.page(range, behind: cursor, limit: Self.lettersAPage)
        isAtEnd = !page.hasMore
        guard let last = page.letters.last else { return nil }
        cursor = LetterCursor(behind: last)
        return Portion(letters: page.letters.filter(filter.matches), examined: page.letters)
    }

    /// Letters that are named are asked for by their names.
    private mutating func named() async throws(RedisError) -> Portion? {
        isAtEnd = true
        var letters: [DeadLetter] = []
        for id in filter.ids where id.queue == store.name {
            if let letter = try await store.letter(id.member), filter.matches(letter) { letters.append(letter) }
        }
        return Portion(letters: letters, examined: letters)
    }
}
