/// A credential that is signed as a token.
protocol SignableCredential: Codable, Sendable {
    var id: String { get }
    var issuerID: String { get }
    var subjectID: String { get }
    var validFrom: CredentialTime { get }
    var validUntil: CredentialTime? { get }
    /// The token's `typ`.
    static var tokenType: String { get }
}

extension OpenBadgeCredential: SignableCredential {
    var issuerID: String { issuer.id }
    var subjectID: String { credentialSubject.id }
    /// Open Badges 3.0, 8.2.3: no other.
    static var tokenType: String { "JWT" }
}

extension StatusListCredential: SignableCredential {
    var issuerID: String { issuer }
    var subjectID: String { credentialSubject.id }
    /// Securing Verifiable Credentials using JOSE and COSE, 3.1.1.
    static var tokenType: String { "vc+jwt" }
}
