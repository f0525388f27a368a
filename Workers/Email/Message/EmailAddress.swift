/// An address mail can be sent to, `ada@school.example`, with the name people see, if it has one.
///
/// What is accepted is the plain form almost every address has: `local@domain`, with unquoted ASCII letters, digits and
/// ``!#$%&'*+-/=?^_`{|}~.`` before the `@` and a host name after it. A domain in another script is written as `xn--…`.
struct EmailAddress: Sendable, Equatable {
    let name: String?
    /// Before the `@`: case may matter to the receiver, so it is kept.
    let local: String
    let domain: String

    var address: String { "\(local)@\(domain)" }

    /// Reads `ada@school.example`, `Ada Lovelace <ada@school.example>` and `"Lovelace, Ada" <ada@school.example>`.
    init(_ text: String) throws(InvalidEmail) {
        guard !HeaderText.breaksHeaders(text) else {
            throw InvalidEmail("The address \(InvalidEmail.quoted(text)) holds a line break or a NUL; remove it.")
        }
        let (name, address) = Self.split(text)
        guard let at = address.lastIndex(of: "@") else {
            throw InvalidEmail("\(InvalidEmail.quoted(text)) is no mail address: it has no '@'.")
        }
        let local = String(address[..<at])
        let domain = String(address[address.index(after: at)...])
        guard Self.isLocal(local.utf8), Self.isDomain(domain.utf8) else {
            throw InvalidEmail("\(InvalidEmail.quoted(text)) is no mail address; write it as name@example.com.")
        }
        guard name.utf8.count <= 256 else {
            throw InvalidEmail("The name in the address \(InvalidEmail.quoted(text)) is longer than 256 bytes.")
        }
        self.name = name.isEmpty ? nil : name
        self.local = local
        self.domain = domain
    }

    private static func split(_ text: String) -> (name: String, address: Substring) {
        let text = trimmed(text[...])
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return ("", text) }
        let address = text[text.index(after: open)...].dropLast()
        return (unquoted(trimmed(text[..<open])), address)
    }

    private static func unquoted(_ name: Substring) -> String {
        guard name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return String(name) }
        var plain = ""
        var isEscaped = false
        for character in name.dropFirst().dropLast() {
            isEscaped = character == "\\" && !isEscaped
            if !isEscaped { plain.append(character) }
        }
        return plain
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

// MARK: - RFC 5321 and 5322, the part in use

extension EmailAddress {
    private static func isLocal(_ bytes: String.UTF8View) -> Bool {
        bytes.count <= 64
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0.allSatisfy(HeaderText.isAtomByte)
            }
    }

    private static func isDomain(_ bytes: String.UTF8View) -> Bool {
        bytes.count <= 253
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
                    && label.first != hyphen && label.last != hyphen
            }
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }
}
