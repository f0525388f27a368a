import Decimals

/// A number as a learner types it, and what is written beside it: `3.5 cm`, `1,234.5`, `3,5`, `3x10^8 m/s`, `£12`.
///
/// The decimal separator is the last point or comma, when it is there once; others, and spaces between digits, separate
/// thousands. So `1,234.5` and `1.234,5` are the same, `1,000,000` is a million, and `1,000` is one, as in Moodle.
struct NumberText: Equatable {
    let value: Decimal128
    /// Without white space at its ends; empty where there is none.
    let unit: String

    /// - Returns: `nil` for what is no number, and for one out of range.
    init?(_ text: String) {
        if let simple = Self.simple(text) {
            (value, unit) = simple
            return
        }
        var scanner = NumberScanner(text)
        guard let number = scanner.scan(), let value = try? Decimal128(number.digits) else { return nil }
        (self.value, unit) = (value, number.unit)
    }

    /// The usual case, quickly: digits with a point at most, then perhaps a space and a unit of letters.
    private static func simple(_ text: String) -> (Decimal128, String)? {
        let utf8 = text.utf8
        let end = utf8.firstIndex { !isPartOfNumber($0) } ?? utf8.endIndex
        var start = end
        if start < utf8.endIndex, utf8[start] == UInt8(ascii: " ") { start = utf8.index(after: start) }
        guard isUnit(utf8[start...]), let value = try? Decimal128(text[..<end]) else { return nil }
        return (value, String(text[start...]))
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// Nothing, or what begins with a letter that begins no exponent and ends without white space.
    private static func isUnit(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return true }
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
        return isLetter && !"eExX".utf8.contains(first) && last > 0x20 && !bytes.contains { $0 == 0x20 || $0 < 0x20 }
    }
}
