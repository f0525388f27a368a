package import CertificateBadges
import JOSE

/// Who awards badges, and what signs them: what everybody needs who verifies one.
package struct CredentialPublisher: Sendable {
    package let authority: BadgeAuthority
    let issuer: BadgeIssuer
    var keys: JSONWebKeySet { authority.keys }

    /// - Parameter name: of the issuer.
    package init(_ authority: BadgeAuthority, name: String) {
        self.authority = authority
        issuer = authority.issuer(named: name)
    }

    /// What `did:web` looks for below the issuer's page; nil where the issuer is known by something else.
    var didDocument: [UInt8]? { issuer.id.hasPrefix("did:web:") ? DIDWeb.document(of: issuer.id, keys: keys) : nil }
}
