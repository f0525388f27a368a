import Decimals

/// A place in an image, in pixels from its upper left corner.
struct Point: Sendable, Equatable {
    let x: Decimal128
    let y: Decimal128

    init(x: Decimal128, y: Decimal128) {
        self.x = x
        self.y = y
    }

    /// Reads `102 113`, or `102,113`.
    init?(_ text: String) {
        let utf8 = text.utf8
        guard utf8.count <= 100, let gap = utf8.firstIndex(where: Self.separates),
            let next = utf8[gap...].firstIndex(where: { !Self.separates($0) }),
            let x = try? Decimal128(text[..<gap]), let y = try? Decimal128(text[next...]),
            x.magnitude <= Self.farthest, y.magnitude <= Self.farthest
        else { return nil }
        self.init(x: x, y: y)
    }

    private static func separates(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") }

    static let farthest = Decimal128(1_000_000)
}
