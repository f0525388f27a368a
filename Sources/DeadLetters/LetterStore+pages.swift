public import RedisClient

extension LetterStore {
    /// Which letters, in which order.
    public struct Range: Sendable, Equatable {
        public enum Order: Sendable { case oldestFirst, latestFirst }

        public var order = Order.latestFirst
        /// The fingerprint of a group; nil for all letters.
        public var group: String?
        /// Buried at this time or later, in milliseconds since 1970.
        public var since: Int?
        /// Buried at this time or before.
        public var until: Int?

        public init(_ order: Order = .latestFirst) { self.order = order }
    }

    public struct Page: Sendable {
        public let letters: [DeadLetter]
        public let hasMore: Bool
    }

    /// Letters that one page may have.
    public static let lettersAPage = 500

    /// Reads letters behind a place, nil for the beginning; fewer when they are large.
    public func page(
        _ range: Range, behind cursor: LetterCursor?, limit: Int = lettersAPage
    ) async throws(RedisError) -> Page {
        let place = cursor.map { [$0.buried, $0.member] } ?? []
        var answer = try await call(
            "cw_dead_page",
            [
                range.group ?? "", range.order == .latestFirst ? "1" : "0", range.since.map { "\($0)" } ?? "-inf",
                range.until.map { "\($0)" } ?? "+inf", "\(limit)",
            ] + place
        ).elements
        let letters = answer.next()?.elements.compactMap { value -> DeadLetter? in
            var parts = value.elements
            guard let member = parts.next()?.string, let buried = parts.next()?.string else { return nil }
            return letter(member, buried: buried, packed: parts.next()?.bytes)
        }
        return Page(letters: letters ?? [], hasMore: answer.next()?.integer == 1)
    }
}
