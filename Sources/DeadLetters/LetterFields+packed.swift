extension LetterFields {
    /// Reads fields as the Redis functions pack them: a MessagePack array of strings, names and values by turns.
    /// Nil for anything else.
    package init?(packed bytes: ArraySlice<UInt8>) {
        var reader = PackedReader(rest: bytes)
        guard let count = reader.arrayCount(), count % 2 == 0 else { return nil }
        var list: [Field] = []
        for _ in 0..<count / 2 {
            guard let name = reader.string(), let value = reader.string() else { return nil }
            list.append(Field(name: Array(name), value: Array(value)))
        }
        self.init(list)
    }
}

extension LetterFields {
    /// As the Redis functions pack them.
    package var packed: [UInt8] {
        var writer = PackedWriter()
        writer.beginArray(of: 2 * list.count)
        for field in list {
            writer.append(field.name)
            writer.append(field.value)
        }
        return writer.bytes
    }
}

private struct PackedWriter {
    var bytes: [UInt8] = []

    mutating func beginArray(of count: Int) {
        switch count {
        case ..<16: bytes.append(0x90 | UInt8(count))
        case ..<65_536: append(0xdc, count, bytes: 2)
        default: append(0xdd, count, bytes: 4)
        }
    }

    mutating func append(_ string: [UInt8]) {
        switch string.count {
        case ..<32: bytes.append(0xa0 | UInt8(string.count))
        case ..<256: append(0xd9, string.count, bytes: 1)
        case ..<65_536: append(0xda, string.count, bytes: 2)
        default: append(0xdb, string.count, bytes: 4)
        }
        bytes += string
    }

    private mutating func append(_ head: UInt8, _ number: Int, bytes count: Int) {
        bytes.append(head)
        for byte in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }
}

/// The little of MessagePack that arrays of strings need.
private struct PackedReader {
    var rest: ArraySlice<UInt8>

    mutating func arrayCount() -> Int? {
        switch rest.popFirst() {
        case let head? where head & 0xf0 == 0x90: Int(head & 0x0f)
        case 0xdc: number(bytes: 2)
        case 0xdd: number(bytes: 4)
        default: nil
        }
    }

    mutating func string() -> ArraySlice<UInt8>? {
        let count: Int? =
            switch rest.popFirst() {
            case let head? where head & 0xe0 == 0xa0: Int(head & 0x1f)
            case 0xd9: number(bytes: 1)
            case 0xda: number(bytes: 2)
            case 0xdb: number(bytes: 4)
            default: nil
            }
        guard let count, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func number(bytes: Int) -> Int? {
        guard rest.count >= bytes else { return nil }
        defer { rest = rest.dropFirst(bytes) }
        return rest.prefix(bytes).reduce(0) { $0 << 8 | Int($1) }
    }
}
