import FoundationEssentials

/// How a text becomes lines of ASCII that every server lets through unchanged.
enum BodyEncoding: String {
    /// Mostly ASCII: stays readable as it is.
    case quotedPrintable = "quoted-printable"
    /// Mostly other scripts: shorter.
    case base64

    /// The shorter of the two: an escaped byte is three times as long, base64 a third longer throughout.
    init(fitting body: String) {
        let escaped = body.utf8.count { $0 >= 0x80 }
        self = escaped * 6 > body.utf8.count ? .base64 : .quotedPrintable
    }

    func append(_ body: String, to output: inout [UInt8]) {
        let canonical = Self.withNetworkLineBreaks(body)
        switch self {
        case .quotedPrintable: QuotedPrintable.append(canonical, to: &output)
        case .base64:
            output += Data(canonical).base64EncodedData(
                options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        }
    }

    /// CR, LF and CRLF all become CRLF, the line break of mail.
    static func withNetworkLineBreaks(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + text.utf8.count / 16)
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\r"): bytes += [0x0D, 0x0A]
            case UInt8(ascii: "\n"): if last != UInt8(ascii: "\r") { bytes += [0x0D, 0x0A] }
            default: bytes.append(byte)
            }
            last = byte
        }
        return bytes
    }
}
