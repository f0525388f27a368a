/// Objects and their keys.
extension PayloadDocument {
    /// Objects with more keys are left to `JSONDecoder`, because keys are found by going through them.
    static let mostKeys = 64

    /// Checks that a value is an object whose keys can be found one by one.
    func checkObject(at index: Int) throws {
        let entry = self[index]
        guard entry.kind == .object else { throw mismatch([String: Any].self, at: index) }
        guard entry.count <= Self.mostKeys, !hasRepeatedKey(index) else { throw giveUp() }
    }

    /// Which of two equal keys counts is for `JSONDecoder` to say.
    private func hasRepeatedKey(_ object: Int) -> Bool {
        let end = Int(self[object].next)
        var key = object + 1
        while key < end {
            let entry = self[key]
            var other = keyAfter(key)
            while other < end {
                let rival = self[other]
                if entry.count == rival.count, hasText(entry, equalTo: rival) { return true }
                other = keyAfter(other)
            }
            key = keyAfter(key)
        }
        return false
    }

    private func hasText(_ entry: PayloadEntry, equalTo other: PayloadEntry) -> Bool {
        withText(of: entry) { text in withText(of: other) { Self.areEqual(text, $0) } }
    }

    func keys(of object: Int) -> [String] {
        var keys: [String] = []
        keys.reserveCapacity(Int(self[object].count))
        var key = object + 1
        while key < Int(self[object].next) {
            keys.append(text(self[key]))
            key = keyAfter(key)
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

    func expect(keyAfter value: Int, in object: Int) { expected = (object, Int(self[value].next)) }

    private func find(_ name: UnsafeBufferPointer<UInt8>, in object: Int) -> Int? {
        let end = Int(self[object].next)
        var key = expected.object == object ? expected.key : object + 1
        for _ in 0..<self[object].count {
            if key == end { key = object + 1 }
            let entry = self[key]
            if entry.count == name.count, withText(of: entry, { Self.areEqual($0, name) }) { return key + 1 }
            key = keyAfter(key)
        }
        // The keys of the document are ASCII, but "\u{212A}" equals "K" though no byte is the same.
        if name.contains(where: { $0 >= 0x80 }) { _ = giveUp() }
        return nil
    }

    private func keyAfter(_ key: Int) -> Int { Int(self[key + 1].next) }

    /// Compares two texts of one length, eight bytes at a time.
    private static func areEqual(_ text: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        let (left, right) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(other))
        var place = 0
        while place + 8 <= left.count {
            let word = left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard word == right.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
            place += 8
        }
        while place < left.count {
            guard left[place] == right[place] else { return false }
            place += 1
        }
        return true
    }
}
