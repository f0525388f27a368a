internal import Jobs
public import RedisClient

/// Letters as lines of JSON, the oldest first, a portion at a time: no more than a portion is in memory, however many there
/// are. Those that were buried after it began are left out.
public struct LetterExport: Sendable {
    /// Where a portion begins, as text that means nothing to whoever hands it back.
    public struct Place: Sendable, Equatable, CustomStringConvertible {
        let until: Int
        let queue: QueueName
        let cursor: LetterCursor?

        init(until: Int, queue: QueueName, cursor: LetterCursor?) {
            (self.until, self.queue, self.cursor) = (until, queue, cursor)
        }

        /// Reads its ``description``.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let until = Int(parts[0]), let queue = QueueName(parts[1]) else { return nil }
            guard !parts[2].isEmpty else {
                self.init(until: until, queue: queue, cursor: nil)
                return
            }
            guard Double(parts[2])?.isFinite == true, let member = Self.member(parts[3]) else { return nil }
            self.init(until: until, queue: queue, cursor: LetterCursor(buried: parts[2], member: member))
        }

        /// Letters, digits and a few signs, whatever a letter is called.
        public var description: String {
            let member = (cursor?.member ?? "").utf8.map { String(256 + Int($0), radix: 16).dropFirst() }.joined()
            return "\(until):\(queue):\(cursor?.buried ?? ""):\(member)"
        }

        private static func member(_ text: String) -> String? {
            let digits = Array(text.utf8)
            guard digits.count.isMultiple(of: 2), digits.count <= 2000 else { return nil }
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
            }
            return bytes.contains(nil) ? nil : String(validating: bytes.compactMap { $0 }, as: UTF8.self)
        }
    }

    /// A portion is as many pages as it takes to have so much.
    private static let portionBytes = 1 << 20

    private let stores: [LetterStore]
    private let filter: DeadFilter
    /// Nil at the end.
    public private(set) var place: Place?

    /// - Parameters:
    ///   - stores: those that the filter concerns.
    ///   - place: where an earlier portion ended; nil for the beginning.
    public init(_ stores: [LetterStore], _ filter: DeadFilter, from place: Place? = nil, now: Int) {
        (self.stores, self.filter) = (stores, filter)
        self.place = place ?? stores.first.map { Place(until: now, queue: $0.name, cursor: nil) }
    }

    /// The next lines; none at the end.
    public mutating func next() async throws(RedisError) -> [UInt8] {
        var lines: [UInt8] = []
        while let place, lines.count < Self.portionBytes {
            guard let index = stores.firstIndex(where: { $0.name == place.queue }) else {
                self.place = nil
                return lines
            }
            var scan = LetterScan(stores[index], filter, .oldestFirst, behind: place.cursor, until: place.until)
            var cursor: LetterCursor?
            while lines.count < Self.portionBytes {
                cursor = nil
                guard let portion = try await scan.next() else { break }
                for letter in portion.letters { lines += LetterLine.text(of: letter).utf8 + [UInt8(ascii: "\n")] }
                // Letters that are named come all at once.
                cursor = filter.ids.isEmpty ? portion.examined.last.map { LetterCursor(behind: $0) } : nil
                if cursor == nil { break }
            }
            self.place = Self.behind(place, cursor, stores[(index + 1)...].first?.name)
        }
        return lines
    }

    private static func behind(_ place: Place, _ cursor: LetterCursor?, _ next: QueueName?) -> Place? {
        if let cursor { return Place(until: place.until, queue: place.queue, cursor: cursor) }
        return next.map { Place(until: place.until, queue: $0, cursor: nil) }
    }
}
