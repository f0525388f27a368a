import Signing

/// A key that signs mail, and where its public half is found.
struct DKIMKey: Sendable {
    let domain: String
    let selector: String
    let key: SigningKey

    /// What a signature says of how it was made (RFC 6376, 3.3; RFC 8463, 3).
    var algorithm: String {
        switch key.algorithm {
        case .rsa: "rsa-sha256"
        case .ed25519: "ed25519-sha256"
        }
    }

    /// RSA hashes what it signs by itself; for Ed25519 the hash is what is signed (RFC 8463, 3).
    func signature(of data: [UInt8]) -> [UInt8] {
        switch key.algorithm {
        case .rsa: key.signature(of: data)
        case .ed25519: key.signature(of: SHA256.hash(data))
        }
    }

    /// Where its public half is looked for.
    var recordName: String { "\(selector)._domainkey.\(domain)" }

    /// The public half as that place has it.
    var publicText: String { Base64.text(key.publicKey) }

    /// What has to stand there (RFC 6376, 3.6.1).
    var record: String {
        switch key.algorithm {
        case .rsa: "v=DKIM1; k=rsa; p=\(publicText)"
        case .ed25519: "v=DKIM1; k=ed25519; p=\(publicText)"
        }
    }
}
