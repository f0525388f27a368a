package import Signing

/// A JSON Web Signature in its compact form (RFC 7515, 7.1).
package enum SignedToken {
    /// Longer ones are not read.
    package static let mostBytes = 1 << 20

    private struct Header: Codable {
        let alg: String
        var kid: String?
        var typ: String?
        /// What a reader must understand; nothing of that kind is understood here (4.1.11).
        var crit: [String]?
    }

    /// - Parameters:
    ///   - keyID: names the key to those who have several.
    ///   - type: `JWT`.
    /// - Returns: nil for a key of P-384, with which JOSE signs in another way.
    package static func text(
        _ payload: [UInt8], by key: SigningKey, keyID: String, type: String
    ) -> String? {
        guard let algorithm = key.algorithm.joseName else { return nil }
        let header = SortedJSON.bytes(Header(alg: algorithm, kid: keyID, typ: type))
        let message = "\(Base64URL.text(header)).\(Base64URL.text(payload))"
        return "\(message).\(Base64URL.text(key.joseSignature(of: Array(message.utf8))))"
    }

    /// - Parameter keys: of those who may have signed. The token's own words decide nothing but which of them it was.
    /// - Returns: what is signed.
    package static func payload(of token: String, signedBy keys: JSONWebKeySet) throws(InvalidToken) -> [UInt8] {
        try payload(of: token) { id in keys.keys.first { $0.kid == id }?.key }
    }

    /// - Parameters:
    ///   - types: what the token may say that it is, in lower case; nil for whatever it says. It may say nothing.
    ///   - key: the key that a token names.
    /// - Returns: what is signed.
    package static func payload(
        of token: String, types: Set<String>? = nil, signedBy key: (_ id: String) -> PublicKey?
    ) throws(InvalidToken) -> [UInt8] {
        guard token.utf8.count <= mostBytes else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.bytes(parts[1]), let signature = Base64URL.bytes(parts[2]),
            let header = Base64URL.bytes(parts[0]).flatMap({ SortedJSON.value(Header.self, of: $0) }),
            header.crit == nil
        else { throw .malformed }
        if let types, let type = header.typ, !types.contains(type.lowercased()) { throw .wrongType }
        guard let key = header.kid.flatMap(key) else { throw .unknownKey }
        guard header.alg == key.algorithm.joseName else { throw .wrongAlgorithm }
        let message = Array(token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
        guard key.verifies(joseSignature: signature, of: message) else { throw .broken }
        return payload
    }
}
