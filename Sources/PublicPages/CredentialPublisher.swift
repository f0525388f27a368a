package import CertificateBadges
package import JOSE

/// Who awards badges, and what signs them: what everybody needs who verifies one.
package struct CredentialPublisher: Sendable {
    /// The page of certificates, less a code: `https://learn.example.org/certificates`.
    let url: String
    let issuer: BadgeIssuer
    let signer: CredentialSigner
    let keys: JSONWebKeySet

    /// - Parameter formerKeys: of badges that are out and were signed by others.
    package init(url: String, issuer: BadgeIssuer, signer: CredentialSigner, formerKeys: [JSONWebKey] = []) {
        (self.url, self.issuer, self.signer) = (url, issuer, signer)
        keys = JSONWebKeySet([signer.publicKey] + formerKeys)
    }

    /// What `did:web` looks for on the issuer's host; nil where the issuer is known by something else.
    var didDocument: [UInt8]? { issuer.id.hasPrefix("did:web:") ? DIDWeb.document(of: issuer.id, keys: keys) : nil }
}
