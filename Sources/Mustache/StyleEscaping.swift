/// Makes text safe in styles (CSS Syntax, 4.3.7), both in `style=` and in `<style>`.
enum StyleEscaping {
    /// Words, numbers, lengths and colours stay as they are. What could end a value, a declaration, a comment or the
    /// attribute, begin a function, or be HTML is written as an escape, which is a letter like any other.
    static func append(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            if isPlain(byte) {
                output.append(byte)
            } else {
                output += "\\\(String(byte, radix: 16)) ".utf8
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: " #%+,-._".utf8.contains(byte)
        }
    }
}
