import Signing

/// A key that signs mail, and where its public half is found.
struct DKIMKey: Sendable {
    let domain: String
    let selector: String
    let key: SigningKey

    /// - Returns: nil for a key of a kind that DKIM does not have.
    init?(domain: String, selector: String, key: SigningKey) {
        guard [.rsa, .ed25519].contains(key.algorithm) else { return nil }
        (self.domain, self.selector, self.key) = (domain, selector, key)
    }

    private var isEd25519: Bool { key.algorithm == .ed25519 }

    /// What a signature says of how it was made (RFC 6376, 3.3; RFC 8463, 3).
    var algorithm: String { isEd25519 ? "ed25519-sha256" : "rsa-sha256" }

    /// RSA hashes what it signs by itself; for Ed25519 the hash is what is signed (RFC 8463, 3).
    func signature(of data: [UInt8]) -> [UInt8] { key.signature(of: isEd25519 ? SHA256.hash(data) : data) }

    /// Where its public half is looked for.
    var recordName: String { "\(selector)._domainkey.\(domain)" }

    /// The public half as that place has it: with its wrapping for RSA, its 32 bytes alone for Ed25519.
    var publicText: String {
        let key = key.publicKey
        if case .ed25519(let bytes) = key.numbers { return Base64.text(bytes) }
        return Base64.text(key.info)
    }

    /// What has to stand there (RFC 6376, 3.6.1).
    var record: String { "v=DKIM1; k=\(isEd25519 ? "ed25519" : "rsa"); p=\(publicText)" }
}
