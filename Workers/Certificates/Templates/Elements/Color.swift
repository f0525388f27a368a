/// A colour of sRGB, each part from 0 to 1.
package struct Color: Sendable, Equatable {
    package var red: Double
    package var green: Double
    package var blue: Double

    static let black = Color(red: 0, green: 0, blue: 0)

    init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#1a2b3c`; nil for anything else.
    init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = Int(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: Double(value >> 16) / 255, green: Double(value >> 8 & 255) / 255, blue: Double(value & 255) / 255)
    }
}
