/// The header `tracestate`: what vendors know of a trace, `key=value` each, the newest first.
enum TraceState {
    private static let mostEntries = 32

    /// The entries without the blanks around them; nil when one of them is none, or there are too many: then all are left
    /// out.
    static func valid(_ text: String) -> String? {
        let entries = text.split(separator: ",").map { trimmed($0.utf8) }.filter { !$0.isEmpty }
        let keys = entries.map { $0.prefix { $0 != UInt8(ascii: "=") } }
        guard entries.count <= mostEntries, zip(entries, keys).allSatisfy(isEntry),
            Set(keys.map { String(Substring($0)) }).count == keys.count
        else { return nil }
        return entries.map { String(Substring($0)) }.joined(separator: ",")
    }

    /// As many of the first entries as there is room for, those with blanks left out: a field of a job has none.
    static func shortened(_ state: String, to most: Int) -> String {
        var kept = ""
        for entry in state.split(separator: ",") where !entry.utf8.contains(UInt8(ascii: " ")) {
            guard kept.utf8.count + entry.utf8.count + 1 <= most else { break }
            kept += (kept.isEmpty ? "" : ",") + entry
        }
        return kept
    }

    private static func isEntry(_ entry: Substring.UTF8View, _ key: Substring.UTF8View) -> Bool {
        guard key.endIndex < entry.endIndex, isKey(key) else { return false }
        let value = entry[entry.index(after: key.endIndex)...]
        return (1...256).contains(value.count)
            && value.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "=") }
    }

    /// A name, or that of a tenant and its system: `fw529a3039@dt`.
    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        let parts = key.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return isName(parts[0], most: 256, beginsWithDigit: false)
        case 2:
            return isName(parts[0], most: 241, beginsWithDigit: true)
                && isName(parts[1], most: 14, beginsWithDigit: false)
        default: return false
        }
    }

    private static func isName(_ name: Substring.UTF8View, most: Int, beginsWithDigit: Bool) -> Bool {
        guard let first = name.first, name.count <= most else { return false }
        return (isLetter(first) || (beginsWithDigit && isDigit(first)))
            && name.allSatisfy { isLetter($0) || isDigit($0) || "_-*/".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text
    }
}
