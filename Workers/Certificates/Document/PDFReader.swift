/// Reads the small words between which everything lies.
struct PDFReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>, at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    init(_ bytes: [UInt8], at position: Int) { self.init(bytes[...], at: position) }

    mutating func skip(_ word: String) -> Bool {
        guard position <= bytes.endIndex, bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Digits, at most 15 of them.
    mutating func integer() -> Int? {
        guard (bytes.startIndex...bytes.endIndex).contains(position) else { return nil }
        let digits = bytes[position...].prefix(15).prefix(while: Self.isDigit)
        position += digits.count
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
