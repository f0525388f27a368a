/// A person whose data is to be erased: the names under which platforms know them, such as a learner's id and mail
/// addresses. Case makes no difference.
public struct Subject: Sendable, Equatable {
    public let names: [String]
    private let lowered: [String]

    /// Nil without a name, or with one that is too short to be told from other words.
    public init?(_ names: [String]) {
        guard !names.isEmpty, names.allSatisfy({ $0.utf8.count >= 2 && $0.utf8.count <= 500 }) else { return nil }
        self.names = names
        lowered = names.map { $0.lowercased() }
    }

    /// Those that are mail addresses.
    public var addresses: [String] { names.filter { $0.contains("@") } }

    /// Whether a value is one of the names; an address also as a mailbox has it, `Ada <ada@school.example>`.
    public func isNamed(by value: String) -> Bool {
        let value = value.lowercased()
        return lowered.contains { name in
            value == name || name.contains("@") && value.hasSuffix(">") && value.contains("<\(name)>")
        }
    }

    /// Whether one of the names stands somewhere in a text, as a word of its own.
    public func isMentioned(in text: String) -> Bool {
        let text = Array(text.lowercased().utf8)
        return lowered.contains { Self.occurs(Array($0.utf8), in: text) }
    }

    public func isMentioned(in bytes: some Collection<UInt8>) -> Bool {
        isMentioned(in: String(decoding: bytes, as: UTF8.self))
    }

    private static func occurs(_ name: [UInt8], in text: [UInt8]) -> Bool {
        guard name.count <= text.count else { return false }
        for start in 0...text.count - name.count where text[start] == name[0] {
            let end = start + name.count
            guard text[start..<end].elementsEqual(name) else { continue }
            if !isPart(start > 0 ? text[start - 1] : nil), !isPart(end < text.count ? text[end] : nil) { return true }
        }
        return false
    }

    /// Letters that would make a longer name of it.
    private static func isPart(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        case UInt8(ascii: "_"), UInt8(ascii: "@"): true
        default: false
        }
    }
}
