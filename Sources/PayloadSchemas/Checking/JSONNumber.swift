/// A number as it is written.
struct JSONNumber {
    enum Whole: Equatable {
        case exactly(Int)
        /// Whole, and beyond what an `Int` holds.
        case beyond
        case not
    }

    let bytes: ArraySlice<UInt8>
    /// Without fraction and exponent.
    let isPlain: Bool

    /// Nil for what is beyond it.
    var double: Double? {
        // What is short and plain is near.
        let value = Double(String(decoding: bytes, as: UTF8.self))
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    var isFinite: Bool { isPlain && bytes.count <= 300 || double != nil }

    /// The whole number that it is, exactly: `1.50e1` is 15.
    var whole: Whole {
        if isPlain, bytes.count <= 18 { return .exactly(short) }
        var (digits, exponent) = parts
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        guard !digits.isEmpty else { return .exactly(0) }
        guard exponent >= 0 else { return .not }
        guard digits.count + exponent <= 19 else { return .beyond }
        let sign = bytes.first == UInt8(ascii: "-") ? "-" : ""
        let text = sign + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: exponent)
        return Int(text).map { .exactly($0) } ?? .beyond
    }

    /// Of digits alone, which are no more than an `Int` holds.
    private var short: Int {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? bytes.dropFirst() : bytes
        let magnitude = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return isNegative ? -magnitude : magnitude
    }

    /// All its digits but zeros in front, and the power of ten that they are to be multiplied with.
    private var parts: (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var isFraction = false
        var rest = bytes.drop { $0 == UInt8(ascii: "-") }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Self.bounded(rest)
                rest = []
            default:
                if isFraction { exponent -= 1 }
                if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
            }
        }
        return (digits, exponent)
    }

    /// An exponent, or one that is large enough to stand for it.
    private static func bounded(_ text: ArraySlice<UInt8>) -> Int {
        let plain = text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        let value = Int(String(decoding: plain, as: UTF8.self))
        return min(max(value ?? (plain.first == UInt8(ascii: "-") ? -100_000 : 100_000), -100_000), 100_000)
    }
}
