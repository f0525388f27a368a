import Logging

/// An address mail can be sent to, `ada@school.example`, with the name people see, if it has one.
///
/// What is accepted is the form almost every address has: `local@domain`, with unquoted letters of any script, digits and
/// ``!#$%&'*+-/=?^_`{|}~.`` before the `@` and a host name after it. A domain in another script becomes `xn--…`; a local
/// part has no such form and stays as it is (RFC 6531).
struct EmailAddress: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let name: String?
    /// `ada@school.example`
    let address: String
    /// In ASCII.
    let domain: String

    /// It is a person's: no log shows it by an oversight.
    var description: String { Personal.placeholder }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether only a server that offers SMTPUTF8 takes the address.
    var needsSMTPUTF8: Bool { address.utf8.contains { $0 >= 0x80 } }

    /// Reads `ada@school.example`, `Ada Lovelace <ada@school.example>` and `"Lovelace, Ada" <ada@school.example>`.
    /// - Throws: what does not repeat the text: it may be a person's, and logs have errors.
    init(_ text: String) throws(InvalidEmail) {
        guard !HeaderText.breaksHeaders(text) else {
            throw InvalidEmail("A mail address holds a line break or a NUL; remove it.")
        }
        let (name, address) = Self.split(text)
        guard let at = address.lastIndex(of: UInt8(ascii: "@")) else {
            throw InvalidEmail("A mail address has no '@'.")
        }
        guard let local = Self.local(address[..<at]), let domain = Self.domain(address[address.index(after: at)...])
        else {
            throw InvalidEmail("A mail address is not written as name@example.com is.")
        }
        guard name.utf8.count <= 256 else {
            throw InvalidEmail("The name in a mail address is longer than 256 bytes.")
        }
        guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control || $0 == "\t" }) else {
            throw InvalidEmail("The name in a mail address holds a control character; remove it.")
        }
        self.name = name.isEmpty ? nil : name
        self.address = "\(local)@\(domain)"
        self.domain = domain
    }

    private static func split(_ text: String) -> (name: String, address: Substring.UTF8View) {
        let text = trimmed(text.utf8[...])
        guard text.last == UInt8(ascii: ">"), let open = text.lastIndex(of: UInt8(ascii: "<")) else {
            return ("", text)
        }
        return (unquoted(trimmed(text[..<open])), text[text.index(after: open)...].dropLast())
    }

    private static func unquoted(_ name: Substring.UTF8View) -> String {
        guard name.count >= 2, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") else {
            return String(Substring(name))
        }
        var plain = ""
        var isEscaped = false
        for character in Substring(name.dropFirst().dropLast()) {
            isEscaped = character == "\\" && !isEscaped
            if !isEscaped { plain.append(character) }
        }
        return plain
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

// MARK: - RFC 5321, 5322 and 6531, the part in use

extension EmailAddress {
    private static func local(_ bytes: Substring.UTF8View) -> Substring? {
        let local = Substring(bytes)
        let isLocal =
            (1...64).contains(bytes.count)
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy { HeaderText.isAtomByte($0) || $0 >= 0x80 }
            }
        return isLocal && local.unicodeScalars.allSatisfy(isVisible) ? local : nil
    }

    /// Letters, marks and numbers of any script. Nothing invisible, and nothing that looks like a part of the syntax.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        case .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }

    private static func domain(_ bytes: Substring.UTF8View) -> String? {
        var domain = String(Substring(bytes))
        if bytes.contains(where: { $0 >= 0x80 }) {
            guard bytes.count <= 1000, let ascii = DomainName.ascii(domain) else { return nil }
            domain = ascii
        }
        return isDomain(domain.utf8) ? domain : nil
    }

    private static func isDomain(_ bytes: String.UTF8View) -> Bool {
        bytes.count <= 253
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { $0.isASCIIAlphanumeric || $0 == hyphen }
                    && label.first != hyphen && label.last != hyphen
            }
    }

    private static let hyphen = UInt8(ascii: "-")
}
