package import JOSE
internal import Signing

/// Signs badges and status lists as JSON Web Tokens (Open Badges 3.0, 8.2).
package struct CredentialSigner: Sendable {
    private let key: SigningKey
    /// How tokens name the key: a URI that leads to it.
    package let keyID: String

    /// - Parameters:
    ///   - pem: a private key without a passphrase: RSA of at least 2048 bits, which every reader of badges knows, P-256 or
    ///     Ed25519.
    ///   - keys: where the public keys are found: the issuer's `did:web:…`, or the URL of its key set.
    /// - Throws: ``InvalidBadgeKey``
    package init(pem: [UInt8], keys: String) throws(InvalidBadgeKey) {
        do throws(SigningError) { key = try SigningKey(pem: pem) } catch {
            throw InvalidBadgeKey(description: "The key that signs badges cannot be used. \(error)")
        }
        guard key.algorithm.joseName != nil else {
            throw InvalidBadgeKey(
                description: "The key that signs badges is of P-384, which their readers do not know; use RSA or P-256."
            )
        }
        keyID = "\(keys)#\(JSONWebKey.thumbprint(of: key.publicKey))"
    }

    /// For the key set, under the name that tokens have for it.
    package var publicKey: JSONWebKey { JSONWebKey(key.publicKey, id: keyID) }

    /// - Returns: the badge, for the learner and the document: with RSA and Ed25519 the same for the same credential.
    package func sign(_ credential: OpenBadgeCredential) -> String { token(credential) }

    /// - Returns: what is served at the list's URL, as `application/vc+jwt`.
    package func sign(_ credential: StatusListCredential) -> String { token(credential) }

    private func token<Credential: SignableCredential>(_ credential: Credential) -> String {
        let payload = SortedJSON.bytes(CredentialClaims(credential))
        guard let token = SignedToken.text(payload, by: key, keyID: keyID, type: Credential.tokenType) else {
            preconditionFailure("the algorithm was checked when the key was read")
        }
        return token
    }
}
