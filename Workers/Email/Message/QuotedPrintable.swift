/// RFC 2045, 6.7: printable ASCII as it is, every other byte as `=XX`, lines of at most 76 letters.
struct QuotedPrintable {
    /// Appends the text's lines; CR, LF and CRLF all become CRLF, the line break of mail.
    static func append(_ text: [UInt8], to output: inout [UInt8]) {
        text.withUnsafeBufferPointer { text in
            var encoder = QuotedPrintable(text, output)
            output = []  // The encoder is the only owner of the buffer now, so appending never copies it.
            encoder.run()
            output = encoder.output
        }
    }

    /// One column is kept free for the `=` of a soft line break.
    private static let maxColumns = 75
    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A

    /// Plain memory: an array would be kept and let go for every line.
    private let text: UnsafeBufferPointer<UInt8>
    private var output: [UInt8]
    private var index = 0
    private var column = 0
    /// The beginning of what may be copied as it is and was not yet: whole runs at once are much faster than bytes.
    private var pending = 0

    private init(_ text: UnsafeBufferPointer<UInt8>, _ output: consuming [UInt8]) {
        self.text = text
        self.output = output
    }

    private mutating func run() {
        while index < text.count {
            skipPrintable()
            guard index < text.count else { break }
            let byte = text[index]
            if byte == Self.lineFeed || byte == Self.carriageReturn {
                breakLine(byte)
            } else if Self.stays(byte, before: index + 1 < text.count ? text[index + 1] : Self.lineFeed) {
                makeRoom(for: 1)
                index += 1
            } else {
                escape(byte)
            }
        }
        copyPending()
    }

    /// Passes over what stays as it is and fits on the line.
    private mutating func skipPrintable() {
        let start = index
        let limit = min(text.count, start + Self.maxColumns - column)
        var end = start
        while end < limit, Self.stays(text[end], before: end + 1 < text.count ? text[end + 1] : Self.lineFeed) {
            end += 1
        }
        column += end - start
        index = end
    }

    /// Whether a byte is written as it is. A blank at the end of a line would be lost on the way.
    private static func stays(_ byte: UInt8, before next: UInt8) -> Bool {
        isPrintable(byte) || isBlank(byte) && next != carriageReturn && next != lineFeed
    }

    private mutating func breakLine(_ byte: UInt8) {
        copyPending()
        output += "\r\n".utf8
        let isCRLF = byte == Self.carriageReturn && index + 1 < text.count && text[index + 1] == Self.lineFeed
        index += isCRLF ? 2 : 1
        pending = index
        column = 0
    }

    private mutating func escape(_ byte: UInt8) {
        makeRoom(for: 3)
        copyPending()
        output.append(UInt8(ascii: "="))
        output.append(hexadecimal: byte)
        index += 1
        pending = index
    }

    /// Breaks the line softly when so many letters do not fit any more.
    private mutating func makeRoom(for columns: Int) {
        if column + columns > Self.maxColumns {
            copyPending()
            output += "=\r\n".utf8
            column = 0
        }
        column += columns
    }

    private mutating func copyPending() {
        if pending < index { output.append(contentsOf: UnsafeBufferPointer(rebasing: text[pending..<index])) }
        pending = index
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
