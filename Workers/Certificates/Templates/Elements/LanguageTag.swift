/// The language of a certificate, as BCP 47 writes it.
package struct LanguageTag: Sendable, Equatable {
    package let tag: String

    package init(_ tag: String) { self.tag = tag }

    /// `de-at`, `de`: from the closest to the furthest.
    package var fallbacks: [String] {
        var parts = tag.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
        var fallbacks: [String] = []
        while !parts.isEmpty {
            fallbacks.append(parts.joined(separator: "-"))
            parts.removeLast()
        }
        return fallbacks
    }

    /// Letters, digits and `-`, at most 35 of them (RFC 5646, 4.4.1).
    package static func isOne(_ text: String) -> Bool {
        (2...35).contains(text.utf8.count) && text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || ("0"..."9").contains($0))
            }
    }
}
