package import CertificateBadges
package import JOSE

/// Who awards badges, and what signs them: what everybody needs who verifies one.
package struct CredentialPublisher: Sendable {
    let authority: BadgeAuthority
    let issuer: BadgeIssuer
    let keys: JSONWebKeySet

    /// - Parameters:
    ///   - name: of the issuer.
    ///   - formerKeys: of badges that are out and were signed by others.
    package init(_ authority: BadgeAuthority, name: String, formerKeys: [JSONWebKey] = []) {
        self.authority = authority
        issuer = authority.issuer(named: name)
        keys = JSONWebKeySet([authority.signer.publicKey] + formerKeys)
    }

    /// What `did:web` looks for below the issuer's page; nil where the issuer is known by something else.
    var didDocument: [UInt8]? { issuer.id.hasPrefix("did:web:") ? DIDWeb.document(of: issuer.id, keys: keys) : nil }
}
