/// Takes out of a text what tells of a person though nobody gave it as ``Personal``: what a mail server answered, say.
///
/// Mail addresses go, and the queries of web addresses. The user in a server's URL (`smtp://mailer@mail.example.org`) is an
/// account of ours, and stays, and so do addresses that are examples, which are nobody's.
public enum Redaction {
    private static let placeholder = Array(Personal.placeholder.utf8)

    /// Whether it needs a closer look at all: most lines do not.
    static func isSuspect(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            // Without a branch for each.
            var isSuspect = false
            for byte in bytes { isSuspect = byte == UInt8(ascii: "@") || byte == UInt8(ascii: "?") || isSuspect }
            return isSuspect
        }
    }

    public static func apply(to text: String) -> String {
        guard isSuspect(text) else { return text }
        let bytes = Array(text.utf8)
        var (kept, copied, place): ([UInt8], Int, Int) = ([], 0, 0)
        while place < bytes.count {
            guard let hidden = hidden(at: place, of: bytes, from: copied) else {
                place += 1
                continue
            }
            kept += bytes[copied..<hidden.lowerBound] + placeholder
            (copied, place) = (hidden.upperBound, hidden.upperBound)
        }
        return String(decoding: kept + bytes[copied...], as: UTF8.self)
    }

    private static func hidden(at place: Int, of bytes: [UInt8], from start: Int) -> Range<Int>? {
        switch bytes[place] {
        case UInt8(ascii: "@"): address(around: place, of: bytes, from: start)
        case UInt8(ascii: "?"): query(behind: place, of: bytes, from: start)
        default: nil
        }
    }

    private static func address(around at: Int, of bytes: [UInt8], from start: Int) -> Range<Int>? {
        var first = at
        while first > start, isOfName(bytes[first - 1]) { first -= 1 }
        let slash = UInt8(ascii: "/")
        guard first < at, first < 2 || bytes[first - 1] != slash || bytes[first - 2] != slash else { return nil }
        var end = at + 1
        while end < bytes.count, isOfHost(bytes[end]) { end += 1 }
        // The end of a sentence is none of a host.
        while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return end > at + 1 && !isExample(bytes[(at + 1)..<end]) ? first..<end : nil
    }

    /// RFC 2606, section 3.
    private static func isExample(_ host: ArraySlice<UInt8>) -> Bool {
        ["example.org", "example.com", "example.net"].contains { host.elementsEqual($0.utf8) }
    }

    /// Of a path or a web address, and not of the address of a database.
    private static func query(behind mark: Int, of bytes: [UInt8], from start: Int) -> Range<Int>? {
        var first = mark
        while first > start, isOfURL(bytes[first - 1]) { first -= 1 }
        let before = bytes[first..<mark]
        guard before.starts(with: "http".utf8) || before.first == UInt8(ascii: "/") else { return nil }
        var end = mark + 1
        while end < bytes.count, isOfURL(bytes[end]) { end += 1 }
        return end > mark + 1 ? mark + 1..<end : nil
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-=^_`{|}~.".utf8.contains(byte)
    }

    private static func isOfHost(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "-.[]:".utf8.contains(byte) }

    private static func isOfURL(_ byte: UInt8) -> Bool { byte > 0x20 && !"\"'<>()`".utf8.contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: true
        default: false
        }
    }
}
