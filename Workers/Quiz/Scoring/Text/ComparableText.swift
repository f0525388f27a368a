/// A text as it is compared: white space taken together, case folded where it does not matter.
///
/// Unicode normalisation needs no step of its own: Swift's strings are equal when their canonical forms (NFC) are.
enum ComparableText {
    static func make(_ text: String, caseSensitive: Bool) -> String {
        let trimmed = text.utf8.first == 0x20 || text.utf8.last == 0x20 ? trimmedOfSpaces(text) : text
        let spaced =
            isTidy(trimmed) ? trimmed : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return caseSensitive ? spaced : folded(spaced)
    }

    /// Upper case first, so that ß and ss, and the two small sigmas, become the same: nearly Unicode's full case
    /// folding, by the mappings the standard library has.
    static func folded(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : text.uppercased().lowercased()
    }

    private static func trimmedOfSpaces(_ text: String) -> String {
        let utf8 = text.utf8
        guard let first = utf8.firstIndex(where: { $0 != 0x20 }), let last = utf8.lastIndex(where: { $0 != 0x20 })
        else { return "" }
        return String(text[first...last])
    }

    /// Whether it is ASCII without white space other than single spaces within: the usual case, and quickly seen.
    private static func isTidy(_ text: String) -> Bool {
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || last != 0x20 else { return false }
            last = byte
        }
        return last != 0x20
    }
}
