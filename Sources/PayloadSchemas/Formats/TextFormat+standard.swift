/// Those of JSON Schema that payloads need (Validation, section 7.3).
extension TextFormat {
    /// An address alone, in ASCII, its first part unquoted (RFC 5321).
    public static let email = TextFormat(
        "email", "a mail address such as ada@example.org", ["ada@example.org", "a.b+c@mail.example.org"]
    ) { text in
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (text.utf8[..<at], text.utf8[text.utf8.index(after: at)...])
        return (1...64).contains(local.count) && isDotted(local, isAtom) && isHostName(domain)
    }

    /// An absolute one, with its scheme (RFC 3986).
    public static let uri = TextFormat(
        "uri", "an address such as https://example.org/a", ["https://example.org/a?b=c#d", "urn:isbn:0451450523"]
    ) { isURI(Array($0.utf8)) }

    /// A day (RFC 3339, full-date).
    public static let date = TextFormat("date", "a day such as 2026-12-01", ["2026-12-01", "2024-02-29"]) {
        var clock = ClockText($0)
        return clock.date() && clock.isAtEnd
    }

    /// A day, a time and its zone (RFC 3339).
    public static let dateTime = TextFormat(
        "date-time", "a time such as 2026-12-01T08:00:00Z", ["2026-12-01T08:00:00Z", "2026-12-01t08:00:00.25+01:00"]
    ) {
        var clock = ClockText($0)
        return clock.dateTime() && clock.isAtEnd
    }

    /// How long something takes, as ISO 8601 has it (RFC 3339, appendix A).
    public static let duration = TextFormat("duration", "a duration such as PT1H30M", ["PT1H30M", "P3D", "P2W"]) {
        isDuration($0.utf8[...])
    }

    /// RFC 9562.
    public static let uuid = TextFormat(
        "uuid", "a UUID such as 2eb8aa08-aa98-11ea-b4aa-73b441d16380", ["2eb8aa08-aa98-11ea-b4aa-73b441d16380"]
    ) { text in
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(isHexadecimal) }
    }

    /// Without the character U+0000, which PostgreSQL does not take.
    public static let withoutNUL = TextFormat(
        "text-without-nul", "a text without the character U+0000", ["Ada", "Žofie"]
    ) { !$0.utf8.contains(0) }
}

// MARK: - Parts

extension TextFormat {
    private typealias Bytes = Substring.UTF8View

    private static func isDotted(_ bytes: Bytes, _ isPart: (UInt8) -> Bool) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isPart) }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isHostName(_ bytes: Bytes) -> Bool {
        bytes.count <= 253
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
                    && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            }
    }

    private static func isURI(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first),
            bytes[..<colon].allSatisfy({ isAlphanumeric($0) || "+-.".utf8.contains($0) })
        else { return false }
        let rest = bytes[(colon + 1)...]
        guard rest.allSatisfy({ isAlphanumeric($0) || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains($0) }) else {
            return false
        }
        // One fragment, whole escapes, and brackets around an address of IPv6 alone.
        return rest.count(where: { $0 == UInt8(ascii: "#") }) <= 1 && hasWholeEscapes(rest)
            && hasBracketsInHost(rest)
    }

    private static func hasWholeEscapes(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.allSatisfy { place in
            bytes[place] != UInt8(ascii: "%") || bytes[place...].dropFirst().prefix(2).count { isHexadecimal($0) } == 2
        }
    }

    private static func hasBracketsInHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        let brackets = bytes.indices.filter { "[]".utf8.contains(bytes[$0]) }
        guard !brackets.isEmpty else { return true }
        guard bytes.starts(with: "//".utf8) else { return false }
        let end = bytes.dropFirst(2).firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        let authority = bytes[(bytes.startIndex + 2)..<end]
        let host = authority.split(separator: UInt8(ascii: "@"), maxSplits: 1, omittingEmptySubsequences: false).last
        return brackets.count == 2 && brackets[1] < end && bytes[brackets[0]] == UInt8(ascii: "[")
            && host?.first == UInt8(ascii: "[")
            && bytes[(brackets[0] + 1)..<brackets[1]].allSatisfy { isHexadecimal($0) || ":.".utf8.contains($0) }
    }

    /// `P1Y2M3DT4H5M6S`, each part only before a smaller one and none between left out, or `P2W`.
    private static func isDuration(_ text: Bytes) -> Bool {
        guard text.first == UInt8(ascii: "P") else { return false }
        let parts = text.dropFirst().split(
            separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
        let days = units(parts[0])
        guard parts.count == 2 else { return days == "W" || isRun(days, of: "YMD") }
        return (parts[0].isEmpty || isRun(days, of: "YMD")) && isRun(units(parts[1]), of: "HMS")
    }

    /// The letters behind numbers; nil where something else is there.
    private static func units(_ bytes: Bytes) -> String? {
        var (letters, digits) = ("", 0)
        for byte in bytes {
            if isDigit(byte) {
                digits += 1
            } else {
                guard digits > 0 else { return nil }
                letters.unicodeScalars.append(Unicode.Scalar(byte))
                digits = 0
            }
        }
        return digits == 0 ? letters : nil
    }

    private static func isRun(_ letters: String?, of all: String) -> Bool {
        guard let letters, !letters.isEmpty else { return false }
        return all.contains(letters)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }
}
