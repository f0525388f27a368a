/// RFC 2045, 6.7: printable ASCII as it is, every other byte as `=XX`, lines of at most 76 letters.
struct QuotedPrintable {
    /// Appends the text's lines; CR, LF and CRLF all become CRLF, the line break of mail.
    static func append(_ text: [UInt8], to output: inout [UInt8]) {
        output += [UInt8](unsafeUninitializedCapacity: mostBytes(text.count)) { room, count in
            text.withUnsafeBufferPointer { text in
                var encoder = QuotedPrintable(text, room)
                encoder.run()
                count = encoder.count
            }
        }
    }

    /// Three for each byte, and three for a soft line break behind at least 73 of those.
    private static func mostBytes(_ count: Int) -> Int { count * 3 + count / 8 + 8 }

    /// One column is kept free for the `=` of a soft line break.
    private static let maxColumns = 75
    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A

    /// Plain memory: an array would be kept and let go for every line, and asked for room for every byte.
    private let text: UnsafeBufferPointer<UInt8>
    private let output: UnsafeMutableBufferPointer<UInt8>
    /// How much of the output is written.
    private var count = 0
    private var index = 0
    private var column = 0
    /// The beginning of what may be copied as it is and was not yet: whole runs at once are much faster than bytes.
    private var pending = 0

    /// - Parameter output: room for ``mostBytes(_:)``.
    private init(_ text: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>) {
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
        var end = Self.endOfPlain(text, from: start, to: limit)
        while end < limit, Self.stays(text[end], before: end + 1 < text.count ? text[end + 1] : Self.lineFeed) {
            end += 1
        }
        column += end - start
        index = end
    }

    /// Passes over pieces of eight bytes that all stay as they are, whatever follows them.
    private static func endOfPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(text)
        var end = start
        while end + 8 <= limit {
            let piece = bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)
            guard isPlain(piece), bytes[end + 7] != UInt8(ascii: " ") else { break }
            end += 8
        }
        return end
    }

    /// Whether every byte of eight is printable or a space, and none is `=`. The highest bit of a byte tells of it that it
    /// is too small, or equal (Warren, "Hacker's Delight", 6-1).
    private static func isPlain(_ piece: UInt64) -> Bool {
        let everyByte: UInt64 = 0x0101_0101_0101_0101
        let (fromEqual, fromDelete) = (piece ^ everyByte &* 0x3D, piece ^ everyByte &* 0x7F)
        let special =
            piece | (piece &- everyByte &* 0x20) & ~piece | (fromEqual &- everyByte) & ~fromEqual
            | (fromDelete &- everyByte) & ~fromDelete
        return special & (everyByte &* 0x80) == 0
    }

    /// Whether a byte is written as it is. A blank at the end of a line would be lost on the way.
    private static func stays(_ byte: UInt8, before next: UInt8) -> Bool {
        isPrintable(byte) || isBlank(byte) && next != carriageReturn && next != lineFeed
    }

    private mutating func breakLine(_ byte: UInt8) {
        copyPending()
        write(Self.carriageReturn)
        write(Self.lineFeed)
        let isCRLF = byte == Self.carriageReturn && index + 1 < text.count && text[index + 1] == Self.lineFeed
        index += isCRLF ? 2 : 1
        pending = index
        column = 0
    }

    private mutating func escape(_ byte: UInt8) {
        makeRoom(for: 3)
        copyPending()
        write(UInt8(ascii: "="))
        write(.hexadecimalDigit(byte >> 4))
        write(.hexadecimalDigit(byte & 15))
        index += 1
        pending = index
    }

    /// Breaks the line softly when so many letters do not fit any more.
    private mutating func makeRoom(for columns: Int) {
        if column + columns > Self.maxColumns {
            copyPending()
            write(UInt8(ascii: "="))
            write(Self.carriageReturn)
            write(Self.lineFeed)
            column = 0
        }
        column += columns
    }

    private mutating func copyPending() {
        let run = UnsafeBufferPointer(rebasing: text[pending..<index])
        _ = UnsafeMutableBufferPointer(rebasing: output[count...]).initialize(from: run)
        count += run.count
        pending = index
    }

    private mutating func write(_ byte: UInt8) {
        output.initializeElement(at: count, to: byte)
        count += 1
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
