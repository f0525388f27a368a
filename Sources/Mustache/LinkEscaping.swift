/// Makes text safe in attributes that hold links (RFC 3986).
enum LinkEscaping {
    /// Links of these kinds lead somewhere; `javascript:` and its kin would do something.
    private static let schemes: Set<String> = ["http", "https", "mailto", "tel", "cid"]

    /// A whole link, or its beginning. What is not part of any link is escaped; of a scheme that is not one of ours
    /// nothing is left but `#`.
    static func append(link text: String, to output: inout [UInt8]) {
        let bytes = trimmed(text.utf8)
        guard leadsSomewhere(bytes) else {
            output.append(UInt8(ascii: "#"))
            return
        }
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "&") {
                output += "&amp;".utf8
            } else if isUnreserved(byte) || isReserved(byte) || startsEscape(bytes, index) {
                output.append(byte)
            } else {
                appendEscaped(byte, to: &output)
            }
        }
    }

    /// One component: a part of the path, a value in the query.
    static func append(part text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            if isUnreserved(byte) { output.append(byte) } else { appendEscaped(byte, to: &output) }
        }
    }

    /// Readers of HTML ignore white space around a link.
    private static func trimmed(_ text: String.UTF8View) -> Substring.UTF8View {
        var text = text.drop { $0 <= 0x20 }
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return text
    }

    /// What is before a colon is a scheme, unless the path has begun already.
    private static func leadsSomewhere(_ bytes: Substring.UTF8View) -> Bool {
        guard let end = bytes.firstIndex(where: { ":/?#".utf8.contains($0) }), bytes[end] == UInt8(ascii: ":") else {
            return true
        }
        return schemes.contains(String(Substring(bytes[..<end])).lowercased())
    }

    private static func startsEscape(_ bytes: Substring.UTF8View, _ index: String.Index) -> Bool {
        let digits = bytes[index...].dropFirst().prefix(2)
        return bytes[index] == UInt8(ascii: "%") && digits.count == 2
            && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default:
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "~")
        }
    }

    /// Without the apostrophe, which could end an attribute, and `&`, which is written as a reference.
    private static func isReserved(_ byte: UInt8) -> Bool { ":/?#[]@!$()*+,;=".utf8.contains(byte) }

    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "%"))
        output.append(hexadecimal(byte >> 4))
        output.append(hexadecimal(byte & 15))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }
}
