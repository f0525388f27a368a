/// RFC 2045, 6.7: printable ASCII as it is, every other byte as `=XX`, lines of at most 76 letters.
enum QuotedPrintable {
    /// Appends the text's lines; CR, LF and CRLF all become CRLF, the line break of mail.
    static func append(_ text: [UInt8], to output: inout [UInt8]) {
        var column = 0
        var index = 0
        // What may be copied as it is and was not yet: whole runs at once are much faster than bytes.
        var run = 0
        while index < text.count {
            // One column is kept free for the `=` of a soft line break.
            let limit = min(text.count, index + maxColumns - column)
            let start = index
            while index < limit, isPrintable(text[index]) { index += 1 }
            column += index - start
            guard index < text.count else { break }

            let byte = text[index]
            if byte == lineFeed || byte == carriageReturn {
                output += text[run..<index]
                output += lineBreak
                index += byte == carriageReturn && index + 1 < text.count && text[index + 1] == lineFeed ? 2 : 1
                run = index
                column = 0
                continue
            }
            let isLiteral = isPrintable(byte) || (isBlank(byte) && !endsLine(text, index))
            if column + (isLiteral ? 1 : 3) > maxColumns {
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
            column += isLiteral ? 1 : 3
            index += 1
        }
        output += text[run...]
    }

    private static let maxColumns = 75
    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A
    private static let lineBreak = Array("\r\n".utf8)
    private static let softLineBreak = Array("=\r\n".utf8)

    private static func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// A blank at the end of a line would be lost on the way.
    private static func endsLine(_ text: [UInt8], _ index: Int) -> Bool {
        index + 1 == text.count || text[index + 1] == carriageReturn || text[index + 1] == lineFeed
    }

    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "="))
        output.append(hexadecimal(byte >> 4))
        output.append(hexadecimal(byte & 15))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }
}
