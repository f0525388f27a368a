extension JSONValue {
    /// Reads a JSON text (RFC 8259) in UTF-8; nil when it is none, or one of more than 500 levels.
    package init?(parsing bytes: some Collection<UInt8>) {
        var parser = JSONParser(Array(bytes))
        guard let value = parser.document() else { return nil }
        self = value
    }
}

/// Reads one JSON text. Every method gives nil for what is not JSON; what has been read by then does not matter.
private struct JSONParser {
    private static let mostLevels = 500

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() -> JSONValue? {
        guard let value = value(level: 0) else { return nil }
        skipSpace()
        return place == bytes.count ? value : nil
    }

    private mutating func value(level: Int) -> JSONValue? {
        guard level < Self.mostLevels else { return nil }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return object(level: level)
        case UInt8(ascii: "["): return array(level: level)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        default: return number()
        }
    }

    private mutating func object(level: Int) -> JSONValue? {
        var members: [JSONValue.Member] = []
        let isRead = list(until: UInt8(ascii: "}")) { parser in
            parser.skipSpace()
            guard let key = parser.string() else { return false }
            parser.skipSpace()
            guard parser.take(":"), let value = parser.value(level: level + 1) else { return false }
            members.append(.init(key: key, value: value))
            return true
        }
        return isRead ? .object(members) : nil
    }

    private mutating func array(level: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        let isRead = list(until: UInt8(ascii: "]")) { parser in
            guard let value = parser.value(level: level + 1) else { return false }
            elements.append(value)
            return true
        }
        return isRead ? .array(elements) : nil
    }

    /// From the opening to the closing bracket.
    private mutating func list(until end: UInt8, _ element: (inout JSONParser) -> Bool) -> Bool {
        place += 1
        skipSpace()
        if peek == end {
            place += 1
            return true
        }
        while element(&self) {
            skipSpace()
            if peek == end {
                place += 1
                return true
            }
            guard take(",") else { return false }
        }
        return false
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while let byte = peek, byte >= 0x20 {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into text: inout [UInt8]) -> Bool {
        guard let letter = peek else { return false }
        place += 1
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f, UInt8(ascii: "b"): 8,
            UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if let byte = plain[letter] {
            text.append(byte)
            return true
        }
        guard letter == UInt8(ascii: "u"), let scalar = escapedScalar() else { return false }
        text += String(scalar).utf8
        return true
    }

    /// Behind `\u`: four digits, or a pair of such for what is beyond 16 bits.
    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let first = unit() else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard take("\\u"), let second = unit(), UTF16.isTrailSurrogate(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
    }

    private mutating func unit() -> UInt16? {
        guard place + 4 <= bytes.count else { return nil }
        let digits = bytes[place..<place + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
        place += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func number() -> JSONValue? {
        let begin = place
        _ = take("-")
        if !take("0") { guard digits() else { return nil } }
        if take(".") { guard digits() else { return nil } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() else { return nil }
        }
        return .number(String(decoding: bytes[begin..<place], as: UTF8.self))
    }

    private mutating func digits() -> Bool {
        let begin = place
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return place > begin
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let end = place + text.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[place..<end].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        else { return false }
        place = end
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (9...10).contains(byte) || byte == 13 { place += 1 }
    }
}
