/// Goes through a JSON text (RFC 8259) from value to value.
struct JSONCursor {
    let bytes: [UInt8]
    var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    /// The next byte that is no space; it is left to be read.
    mutating func next() throws(InvalidJSON) -> UInt8 {
        skipSpace()
        guard place < bytes.count else { throw failure("ends too soon") }
        return bytes[place]
    }

    /// Goes past a byte, if that is next.
    mutating func skip(_ byte: UInt8) throws(InvalidJSON) -> Bool {
        guard try next() == byte else { return false }
        place += 1
        return true
    }

    mutating func expect(_ byte: UInt8, _ problem: String) throws(InvalidJSON) {
        guard try skip(byte) else { throw failure(problem) }
    }

    mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): place += 1
            default: return
            }
        }
    }

    mutating func word(_ word: StaticString) throws(InvalidJSON) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard place < bytes.count, bytes[place] == word.utf8Start[offset] else {
                throw failure("has a word that is none of true, false and null")
            }
            place += 1
        }
    }

    func failure(_ problem: String) -> InvalidJSON { InvalidJSON(problem: problem, place: place) }
}

// MARK: - Strings

extension JSONCursor {
    /// Reads a string, whose first quote is next.
    mutating func string() throws(InvalidJSON) -> TextSpan {
        place += 1
        let start = place
        var (count, hasEscapes) = (0, false)
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                return TextSpan(range: start..<(place - 1), hasEscapes: hasEscapes, count: count)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                _ = try escape()
                count += 1
            case ..<0x20: throw failure("has a control character in a text; write it as an escape")
            default:
                count += byte & 0xC0 == 0x80 ? 0 : 1
                place += 1
            }
        }
        throw failure("has a text without an end")
    }

    /// Reads an escape sequence, or the two that make one character.
    private mutating func escape() throws(InvalidJSON) -> Unicode.Scalar {
        guard place + 1 < bytes.count else { throw failure("has a text without an end") }
        let letter = bytes[place + 1]
        if letter == UInt8(ascii: "u") { return try unicodeEscape() }
        guard let scalar = Self.escapes[letter] else { throw failure("has an escape sequence that JSON does not know") }
        place += 2
        return scalar
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    private mutating func unicodeEscape() throws(InvalidJSON) -> Unicode.Scalar {
        let lead = try codeUnit()
        if let scalar = Unicode.Scalar(lead) { return scalar }
        guard UTF16.isLeadSurrogate(lead), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else { throw failure("has half of a surrogate pair") }
        let trail = try codeUnit()
        guard UTF16.isTrailSurrogate(trail) else { throw failure("has half of a surrogate pair") }
        return UTF16.decode(UTF16.EncodedScalar([lead, trail]))
    }

    /// Reads `\u` and four digits.
    private mutating func codeUnit() throws(InvalidJSON) -> UInt16 {
        guard place + 6 <= bytes.count else { throw failure("has a text without an end") }
        var unit: UInt16 = 0
        for byte in bytes[(place + 2)..<(place + 6)] {
            guard let digit = Self.hexadecimal(byte) else { throw failure("has a \\u without its four digits") }
            unit = unit << 4 | digit
        }
        place += 6
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// What a string says, in UTF-8.
    func unescaped(_ span: TextSpan) -> ArraySlice<UInt8> {
        guard span.hasEscapes else { return bytes[span.range] }
        var text: [UInt8] = []
        text.reserveCapacity(span.range.count)
        var reader = self
        reader.place = span.range.lowerBound
        while reader.place < span.range.upperBound {
            if bytes[reader.place] != UInt8(ascii: "\\") {
                text.append(bytes[reader.place])
                reader.place += 1
            } else if let scalar = try? reader.escape() {
                text += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return text[...]
    }

    func text(_ span: TextSpan) -> String { String(decoding: unescaped(span), as: UTF8.self) }
}

// MARK: - Numbers

extension JSONCursor {
    /// Nobody writes longer ones, and reading them takes long.
    private static let mostDigits = 1000

    mutating func number() throws(InvalidJSON) -> JSONNumber {
        let start = place
        if peek() == UInt8(ascii: "-") { place += 1 }
        if peek() == UInt8(ascii: "0") { place += 1 } else { try digits() }
        var isPlain = true
        if peek() == UInt8(ascii: ".") {
            isPlain = false
            place += 1
            try digits()
        }
        if let letter = peek(), letter | 0x20 == UInt8(ascii: "e") {
            isPlain = false
            place += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place += 1 }
            try digits()
        }
        guard place - start <= Self.mostDigits else { throw failure("has a number of more than 1000 digits") }
        return JSONNumber(bytes: bytes[start..<place], isPlain: isPlain)
    }

    private mutating func digits() throws(InvalidJSON) {
        let start = place
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 { place += 1 }
        guard place > start else {
            throw failure(isAtEnd ? "ends too soon" : "has something that is no value")
        }
    }

    private func peek() -> UInt8? { place < bytes.count ? bytes[place] : nil }
}
