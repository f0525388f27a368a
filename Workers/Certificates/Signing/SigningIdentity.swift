internal import Glibc
package import Signing

/// Who signs documents: a key, its certificate, and those that vouch for it.
package struct SigningIdentity: Sendable {
    let key: SigningKey
    /// The key's first, then each that vouches for the one before it.
    let chain: [X509Certificate]

    /// Who signs, as their certificate has it.
    package var name: String { chain[0].name }

    /// - Parameters:
    ///   - key: PEM, without a passphrase: RSA of at least 2048 bits, P-256 or P-384.
    ///   - chain: one certificate or more in PEM, the key's first.
    ///   - time: seconds since 1970.
    /// - Throws: ``InvalidIdentity`` when they do not fit together, or must not sign now.
    package init(key: [UInt8], chain: [UInt8], at time: Int = Glibc.time(nil)) throws(InvalidIdentity) {
        self.key = try Self.read(key)
        self.chain = X509Certificate.list(pem: chain)
        try check(at: time)
    }

    /// The key of the first certificate in a text; nil where there is none.
    package static func publicKey(certificate pem: [UInt8]) -> PublicKey? {
        X509Certificate.list(pem: pem).first.flatMap { try? PublicKey(info: $0.publicKeyInfo) }
    }

    private static func read(_ pem: [UInt8]) throws(InvalidIdentity) -> SigningKey {
        let key: SigningKey
        do throws(SigningError) { key = try SigningKey(pem: pem) } catch {
            throw InvalidIdentity("The key that signs certificates cannot be used. \(error)")
        }
        guard key.algorithm != .ed25519 else {
            throw InvalidIdentity(
                "The key that signs certificates is of Ed25519, which readers of PDF do not know; use RSA or P-256.")
        }
        return key
    }

    private func check(at time: Int) throws(InvalidIdentity) {
        guard let own = chain.first else {
            throw InvalidIdentity("There is no certificate in PEM for the key that signs certificates.")
        }
        guard own.publicKeyInfo == key.publicKey.info else {
            throw InvalidIdentity(
                "The certificate of '\(name)' is not that of the key; write the key's own certificate first.")
        }
        guard own.maySign else {
            throw InvalidIdentity(
                "The certificate of '\(name)' is not for signing documents: its key usage has neither digitalSignature nor nonRepudiation."
            )
        }
        for (certificate, issuer) in zip(chain, chain.dropFirst()) where !certificate.isIssued(by: issuer) {
            throw InvalidIdentity(
                "The certificate of '\(issuer.name)' does not vouch for that of '\(certificate.name)'; write each behind the one that it vouches for."
            )
        }
        try checkValidity(at: time)
    }

    /// - Throws: ``InvalidIdentity`` when the certificate of the key has ended or not begun.
    func checkValidity(at time: Int) throws(InvalidIdentity) {
        let validity = chain[0].validity
        if time > validity.upperBound {
            throw InvalidIdentity("The certificate of '\(name)' has expired; get a new one.")
        }
        if time < validity.lowerBound {
            throw InvalidIdentity("The certificate of '\(name)' is not valid yet; is the clock of this machine right?")
        }
    }
}
