/// RFC 2045, 6.7: printable ASCII as it is, every other byte as `=XX`, lines of at most 76 letters.
enum QuotedPrintable {
    /// - Parameters:
    ///   - text: with CRLF as its only line breaks.
    ///   - output: where the lines are appended.
    static func append(_ text: [UInt8], to output: inout [UInt8]) {
        var column = 0
        // What may be copied as it is and was not yet: whole runs at once are much faster than bytes.
        var run = text.startIndex
        for index in text.indices {
            let byte = text[index]
            if byte == 0x0D || byte == 0x0A {
                column = 0
                continue
            }
            let isLiteral = isPrintable(byte) || (isBlank(byte) && !endsLine(text, index))
            let width = isLiteral ? 1 : 3
            // One column is kept free for the `=` of a soft line break.
            if column + width > 75 {
                output += text[run..<index]
                output += softLineBreak
                run = index
                column = 0
            }
            if !isLiteral {
                output += text[run..<index]
                appendEscaped(byte, to: &output)
                run = index + 1
            }
            column += width
        }
        output += text[run...]
    }

    private static let softLineBreak = Array("=\r\n".utf8)

    private static func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// A blank at the end of a line would be lost on the way.
    private static func endsLine(_ text: [UInt8], _ index: Int) -> Bool {
        index + 1 == text.count || text[index + 1] == 0x0D
    }

    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "="))
        output.append(hexadecimal[Int(byte >> 4)])
        output.append(hexadecimal[Int(byte & 15)])
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
}
