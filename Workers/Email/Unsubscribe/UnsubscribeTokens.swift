package import FoundationEssentials
package import Signing

/// Makes the tokens of unsubscribe links, and reads them when they come back.
///
/// A token says whom it takes off which list and until when, and is signed: whoever has it needs to prove nothing else
/// (RFC 8058 wants no cookies and no questions), and nobody can make one for somebody else.
package struct UnsubscribeTokens: Sendable {
    /// A token is not a signature of anything else that is made with the same key.
    private static let purpose = Array("coursework unsubscribe 1".utf8)
    private static let maxLetters = 1024

    /// The first signs, all are believed: so a key is replaced without breaking the links that are out.
    private let keys: [AuthenticationKey]
    private let validFor: Duration

    /// - Parameter keys: at least one.
    package init(keys: [AuthenticationKey], validFor: Duration) {
        precondition(!keys.isEmpty, "tokens need a key")
        self.keys = keys
        self.validFor = validFor
    }

    package func token(for subscription: Subscription, at now: Date) -> String {
        let expiry = UInt64(max(0, now.timeIntervalSince1970)) + UInt64(validFor.components.seconds)
        var content = (0..<8).reversed().map { UInt8(truncatingIfNeeded: expiry >> ($0 * 8)) }
        content += subscription.list.utf8
        content.append(0)
        content += subscription.address.utf8
        return Base64.urlText(content + keys[0].code(for: Self.purpose + content))
    }

    /// Whom the token takes off which list.
    /// - Throws: ``UnsubscribeRefusal`` when we did not make it, or it is too old.
    package func subscription(in token: String, at now: Date) throws(UnsubscribeRefusal) -> Subscription {
        guard token.utf8.count <= Self.maxLetters, let bytes = Base64.bytes(urlText: token),
            bytes.count > 8 + SHA256.length
        else { throw .forged }
        let content = Array(bytes.dropLast(SHA256.length))
        let code = Array(bytes.suffix(SHA256.length))
        guard keys.contains(where: { $0.recognizes(code, for: Self.purpose + content) }) else { throw .forged }
        let expiry = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard now.timeIntervalSince1970 < Double(expiry) else { throw .expired }
        let parts = content.dropFirst(8).split(separator: 0, maxSplits: 1)
        guard parts.count == 2 else { throw .forged }
        return Subscription(
            address: String(decoding: parts[1], as: UTF8.self), list: String(decoding: parts[0], as: UTF8.self))
    }
}
