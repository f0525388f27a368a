internal import FoundationEssentials
internal import Jobs
internal import Signing

/// An entry as the trail holds it: the text, byte for byte, and the text's hash.
public struct SealedEntry: Sendable, Equatable {
    public let entry: AuditEntry
    let text: String
    public let hash: String

    init(_ entry: AuditEntry) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(entry) else { preconditionFailure("an entry that is no JSON") }
        self.entry = entry
        text = String(decoding: data, as: UTF8.self)
        hash = Self.hash(of: text)
    }

    /// What was found in a trail; it need not fit together.
    /// - Returns: nil for what is no entry at all.
    init?(text: String, hash: String) {
        guard let entry = try? JSONDecoder().decode(AuditEntry.self, from: Data(text.utf8)) else { return nil }
        (self.entry, self.text, self.hash) = (entry, text, hash)
    }

    /// Whether the text is the one that was sealed.
    var isWhole: Bool { Self.hash(of: text) == hash }

    static func hash(of text: String) -> String { SHA256.text(Array(text.utf8)) }
}

/// As a line of an exported file: the entry's JSON with the member `hash` behind all others. Less that member it is the text
/// whose hash that is, so any language can verify it.
extension SealedEntry {
    public var line: String { "\(text.dropLast())\(Self.seam)\(hash)\"}" }

    private static let seam = #","hash":""#

    /// - Returns: nil for what is no such line.
    public init?(line: String) {
        let end = Self.seam.utf8.count + 64 + 2
        guard line.utf8.count > end, line.hasSuffix("\"}") else { return nil }
        let start = line.utf8.index(line.endIndex, offsetBy: -end)
        let member = line[start...]
        guard member.hasPrefix(Self.seam) else { return nil }
        self.init(text: line[..<start] + "}", hash: String(member.dropFirst(Self.seam.count).dropLast(2)))
    }

    /// Since 1970.
    public var milliseconds: Int { Timestamp(entry.time)?.milliseconds ?? 0 }

    var head: AuditHead { AuditHead(number: entry.number, hash: hash, milliseconds: milliseconds) }
}
