import FoundationEssentials
import Signing

/// Signs mail in the name of the sender's domain (DKIM: RFC 6376, and RFC 8463 for Ed25519).
struct DKIMSigner: Sendable {
    /// What is signed, where a message has it (RFC 6376, 5.4; RFC 8058, 4 for the last three).
    private static let signed = [
        "from", "reply-to", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type",
        "content-transfer-encoding", "content-language", "auto-submitted", "list-id", "list-unsubscribe",
        "list-unsubscribe-post",
    ]
    /// Signed once more than they occur: nobody can add another one (RFC 6376, 8.15).
    private static let oversigned: Set<String> = ["from", "reply-to", "to", "cc", "subject", "date"]

    /// The keys of each domain.
    private let keys: [String: [DKIMKey]]

    init(keys: [DKIMKey]) { self.keys = Dictionary(grouping: keys, by: { $0.domain.lowercased() }) }

    /// In the order of their names in the DNS.
    var allKeys: [DKIMKey] { keys.values.joined().sorted { $0.recordName < $1.recordName } }

    /// Whether mail from this domain is signed.
    func signs(for domain: String) -> Bool { !keys(for: domain).isEmpty }

    /// The fields to put before the message: one for each key of the sender's domain, or of the closest domain above it
    /// that has one. Empty when there is none.
    /// - Parameter message: header and body, every line ended by CRLF.
    func signatures(of message: [UInt8], from domain: String, at date: Date) -> [UInt8] {
        let keys = keys(for: domain)
        guard !keys.isEmpty else { return [] }
        let parts = MessageParts(message)
        let bodyHash = Base64.text(SHA256.hash(DKIMCanonicalization.body(parts.body)))
        return keys.flatMap { key in
            let field = DKIMField(key: key, names: Self.names(in: parts), bodyHash: bodyHash, date: date)
            return field.bytes(signature: key.signature(of: Self.signedData(parts, field)))
        }
    }

    private func keys(for domain: String) -> [DKIMKey] {
        var rest = domain.lowercased()[...]
        while !rest.isEmpty {
            if let keys = keys[String(rest)] { return keys }
            rest = rest.drop { $0 != "." }.dropFirst()
        }
        return []
    }

    private static func names(in parts: MessageParts) -> [String] {
        signed.flatMap { name in
            let present = parts.field(name) == nil ? [] : [name]
            return oversigned.contains(name) ? present + [name] : present
        }
    }

    private static func signedData(_ parts: MessageParts, _ field: DKIMField) -> [UInt8] {
        var data: [UInt8] = []
        for name in signed {
            guard let field = parts.field(name) else { continue }
            DKIMCanonicalization.append(field: field, to: &data)
            data += "\r\n".utf8
        }
        DKIMCanonicalization.append(field: field.bytes(signature: [])[...], to: &data)
        return data
    }
}
