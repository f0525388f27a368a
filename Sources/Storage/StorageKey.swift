/// Names an object in a storage, `certificates/2026/4711.pdf`: a relative path without ways out of it.
package struct StorageKey: Sendable, Hashable, CustomStringConvertible {
    package static let maxBytes = 1024

    package let text: String

    /// Nil for what is no such key: empty, absolute or too long, with `.`, `..` or nothing between two slashes, or with
    /// control characters.
    package init?(_ text: String) {
        guard (1...Self.maxBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
            text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .allSatisfy(Self.isComponent)
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    /// The part behind the last slash.
    package var lastComponent: String { components.last ?? text }

    var components: [String] { text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) } }

    private static func isComponent(_ bytes: Substring.UTF8View) -> Bool {
        (1...255).contains(bytes.count) && !bytes.elementsEqual(".".utf8) && !bytes.elementsEqual("..".utf8)
    }
}
