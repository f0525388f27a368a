/// A language as programs name it, `de` or `de-AT` (also written `de_AT`); letters are compared without their case.
struct LocaleTag: Sendable, Equatable {
    /// In lower case with hyphens, as folders are looked up.
    let key: String

    /// The language a template has in its own folder.
    static let own = LocaleTag(key: "")

    init(_ text: String) throws(InvalidEmail) {
        let parts = text.lowercased().utf8.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        guard (1...4).contains(parts.count), parts.allSatisfy(Self.isSubtag) else {
            throw InvalidEmail("\(InvalidEmail.quoted(text)) is no locale; write it as de or de-AT.")
        }
        key = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }

    private init(key: String) { self.key = key }

    /// The keys to try, the closest first: `de-at`, `de`, and the template's own.
    var fallbacks: [String] {
        var keys = key.isEmpty ? [] : [key]
        while let last = keys.last, let hyphen = last.lastIndex(of: "-") { keys.append(String(last[..<hyphen])) }
        return keys + [""]
    }

    private static func isSubtag(_ bytes: Substring.UTF8View) -> Bool {
        (1...8).contains(bytes.count)
            && bytes.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
