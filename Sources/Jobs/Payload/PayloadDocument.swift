/// A payload that was checked, with an index of its values: what the fast decoder reads from.
///
/// Made for one decoding and used by one thread. It owns what it reads, so a `Decoder` that a payload type keeps for
/// later stays valid. That is also why its memory may be plain: it is allocated by ``read(_:)``, freed in `deinit`,
/// lent only to closures, and whoever reads holds the document.
final class PayloadDocument {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let entries: UnsafeMutableBufferPointer<PayloadEntry>
    /// The key that is looked at first, and its object: fields are asked for in the order they were written in.
    var expected = (object: 0, key: 1)
    /// Set for good by the first thing left to `JSONDecoder`. A payload type may catch the error and go on, where
    /// `JSONDecoder` may have had no error, so the error alone does not tell.
    private(set) var isUnfamiliar = false

    /// Longer texts are left to `JSONDecoder`, because an index takes up to eight times the memory of its text.
    static let mostBytes = 1 << 20

    /// - Returns: nil when the text is not JSON, or not of the kind the ``PayloadScanner`` reads.
    static func read(_ text: ArraySlice<UInt8>) -> PayloadDocument? {
        guard text.count <= mostBytes else { return nil }
        // Payloads of words need less than an entry for four bytes, payloads of digits up to one for two.
        for capacity in [text.count / 4 + 4, text.count / 2 + 1] {
            let document = PayloadDocument(text, capacity: capacity)
            switch PayloadScanner.scan(document.bytes, into: document.entries) {
            case .scanned: return document
            case .refused: return nil
            case .full: continue
            }
        }
        return nil
    }

    private init(_ text: ArraySlice<UInt8>, capacity: Int) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
        _ = copy.initialize(from: text)
        bytes = UnsafeBufferPointer(copy)
        entries = .allocate(capacity: capacity)
    }

    deinit {
        bytes.deallocate()
        entries.deallocate()
    }

    /// - Parameter index: from the scanner, as all numbers in entries are: below the number of entries.
    subscript(index: Int) -> PayloadEntry { entries[index] }

    /// Leaves the payload to `JSONDecoder`.
    func giveUp() -> UnfamiliarPayload {
        isUnfamiliar = true
        return UnfamiliarPayload()
    }

    /// Tells a payload type that the value is of another kind than it asked for, as `JSONDecoder` would, so that a type
    /// that then asks for something else is read here all the same. What the error says of the place is less.
    func mismatch<Value>(_ type: Value.Type, at index: Int) -> any Error {
        guard self[index].kind != .null else { return giveUp() }
        return DecodingError.typeMismatch(type, DecodingError.Context(codingPath: [], debugDescription: "another kind"))
    }

    /// Where a value is, for errors. Those are for `JSONDecoder` to make, so the places are not kept.
    var path: [any CodingKey] {
        isUnfamiliar = true
        return []
    }

    func withText<Result>(of entry: PayloadEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = Int(entry.start)
        return body(UnsafeBufferPointer(rebasing: bytes[start..<start &+ Int(entry.count)]))
    }
}
