/// A payload that was checked, with an index of its values: what the fast decoder reads from.
///
/// Made for one decoding and used by one thread. It owns its bytes, so a `Decoder` that a payload type keeps for later
/// stays valid.
final class PayloadDocument {
    /// Objects with more keys are left to `JSONDecoder`, because keys are found by going through them.
    static let mostKeys = 64

    private let bytes: ArraySlice<UInt8>
    private let entries: ContiguousArray<PayloadEntry>
    /// Where the next key is looked for first: fields are asked for in the order they were written in.
    private var expected = (object: 0, key: 1)
    /// Set for good by the first thing left to `JSONDecoder`. A payload type may catch the error and go on, where
    /// `JSONDecoder` may have had no error, so the error alone does not tell.
    private(set) var isUnfamiliar = false

    init(_ bytes: ArraySlice<UInt8>) throws(UnfamiliarPayload) {
        self.bytes = bytes
        entries = try PayloadScanner.entries(of: bytes)
    }

    subscript(index: Int) -> PayloadEntry { entries[index] }

    /// Leaves the payload to `JSONDecoder`.
    func giveUp() -> UnfamiliarPayload {
        isUnfamiliar = true
        return UnfamiliarPayload()
    }

    /// Where a value is, for errors. Those are for `JSONDecoder` to make, so the places are not kept.
    var path: [any CodingKey] {
        isUnfamiliar = true
        return []
    }

    func withText<Result>(of entry: PayloadEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = Int(entry.start)
        return bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<start &+ Int(entry.count)]))
        }
    }
}

/// Containers.
extension PayloadDocument {
    /// Checks that a value is an object whose keys can be found one by one.
    func checkObject(at index: Int) throws {
        let entry = entries[index]
        guard entry.kind == .object, entry.count <= Self.mostKeys, !hasRepeatedKey(index) else { throw giveUp() }
    }

    /// Which of two equal keys counts is for `JSONDecoder` to say.
    private func hasRepeatedKey(_ object: Int) -> Bool {
        let end = Int(entries[object].next)
        var key = object + 1
        while key < end {
            var other = Int(entries[key + 1].next)
            while other < end {
                if hasEqualText(entries[key], entries[other]) { return true }
                other = Int(entries[other + 1].next)
            }
            key = Int(entries[key + 1].next)
        }
        return false
    }

    private func hasEqualText(_ entry: PayloadEntry, _ other: PayloadEntry) -> Bool {
        guard entry.count == other.count else { return false }
        return withText(of: entry) { text in withText(of: other) { text.elementsEqual($0) } }
    }

    func keys(of object: Int) -> [String] {
        var keys: [String] = []
        keys.reserveCapacity(Int(entries[object].count))
        var key = object + 1
        while key < Int(entries[object].next) {
            keys.append(text(entries[key]))
            key = Int(entries[key + 1].next)
        }
        return keys
    }

    /// The value of a key, if the object has it.
    func find(_ key: String, in object: Int) -> Int? {
        var name = key
        return name.withUTF8 { find($0, in: object) }
    }

    /// The value of a key that must be there. The key after it is expected to be the next one asked for.
    func take(_ key: String, in object: Int) throws -> Int {
        guard let value = find(key, in: object) else { throw giveUp() }
        expect(keyAfter: value, in: object)
        return value
    }

    func expect(keyAfter value: Int, in object: Int) { expected = (object, Int(entries[value].next)) }

    private func find(_ name: UnsafeBufferPointer<UInt8>, in object: Int) -> Int? {
        let end = Int(entries[object].next)
        var key = expected.object == object ? expected.key : object + 1
        for _ in 0..<entries[object].count {
            if key == end { key = object + 1 }
            let entry = entries[key]
            if entry.count == name.count, withText(of: entry, { $0.elementsEqual(name) }) { return key + 1 }
            key = Int(entries[key + 1].next)
        }
        // The keys of the document are ASCII, but "\u{212A}" equals "K" though no byte is the same.
        if name.contains(where: { $0 >= 0x80 }) { isUnfamiliar = true }
        return nil
    }
}
