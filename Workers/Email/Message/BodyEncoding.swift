/// How a text becomes lines of ASCII that every server lets through unchanged.
enum BodyEncoding: String {
    /// Mostly ASCII: stays readable as it is.
    case quotedPrintable = "quoted-printable"
    /// Mostly other scripts, and files: shorter.
    case base64

    /// The shorter of the two: an escaped byte is three times as long, base64 a third longer throughout.
    init(fitting body: [UInt8]) {
        let escaped = Self.countBeyondASCII(body)
        self = escaped * 6 > body.count ? .base64 : .quotedPrintable
    }

    /// Eight bytes at a time: most texts have hardly any.
    private static func countBeyondASCII(_ body: [UInt8]) -> Int {
        body.withUnsafeBytes { bytes in
            let words = bytes.count / 8 * 8
            var count = 0
            for place in stride(from: 0, to: words, by: 8) {
                let highest = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080
                if highest != 0 { count += highest.nonzeroBitCount }
            }
            return count + bytes[words...].count { $0 >= 0x80 }
        }
    }

    /// - Parameters:
    ///   - text: UTF-8 with any line breaks; they become CRLF.
    ///   - output: where the lines are appended.
    func append(text: [UInt8], to output: inout [UInt8]) {
        switch self {
        case .quotedPrintable: QuotedPrintable.append(text, to: &output)
        case .base64: Base64.appendLines(Self.withNetworkLineBreaks(text), to: &output)
        }
    }

    /// CR, LF and CRLF all become CRLF, the line break of mail.
    static func withNetworkLineBreaks(_ source: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + source.count / 16)
        var line = 0
        for index in source.indices where source[index] == 0x0A || source[index] == 0x0D {
            let endsCRLF = source[index] == 0x0A && index > 0 && source[index - 1] == 0x0D
            if !endsCRLF {
                bytes += source[line..<index]
                bytes.append(0x0D)
                bytes.append(0x0A)
            }
            line = index + 1
        }
        bytes += source[line...]
        return bytes
    }
}
