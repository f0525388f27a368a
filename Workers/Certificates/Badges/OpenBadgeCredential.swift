/// An achievement that somebody has been awarded: 1EdTech Open Badges 3.0, a credential of W3C's data model 2.0.
package struct OpenBadgeCredential: Codable, Sendable, Equatable {
    package let context: [String]
    package let type: [String]
    /// A URI that is this credential's alone.
    package let id: String
    package let name: String
    package let issuer: BadgeIssuer
    package let validFrom: CredentialTime
    package var validUntil: CredentialTime?
    package let credentialSubject: BadgeSubject
    package var credentialStatus: StatusListEntry?
    package let credentialSchema: [CredentialSchema]

    /// - Parameter name: for people, as the certificate's title.
    package init(
        id: String, name: String, issuer: BadgeIssuer, validFrom: CredentialTime, validUntil: CredentialTime? = nil,
        subject: BadgeSubject, status: StatusListEntry? = nil
    ) {
        context = [CredentialContext.credentials, CredentialContext.openBadges]
        type = ["VerifiableCredential", "OpenBadgeCredential"]
        (self.id, self.name, self.issuer) = (id, name, issuer)
        (self.validFrom, self.validUntil) = (validFrom, validUntil)
        (credentialSubject, credentialStatus) = (subject, status)
        credentialSchema = [.openBadges]
    }

    private enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type, id, name, issuer, validFrom, validUntil, credentialSubject, credentialStatus, credentialSchema
    }
}
