package import JOSE

/// Recognises badges and status lists that were signed by known keys (Open Badges 3.0, 8.2.6).
package struct CredentialVerifier: Sendable {
    private let keys: JSONWebKeySet

    package init(keys: JSONWebKeySet) { self.keys = keys }

    /// - Returns: a badge that is as it was signed. Whether it is valid now: ``OpenBadgeCredential/validity(at:)``.
    package func badge(_ token: String) throws(InvalidBadge) -> OpenBadgeCredential {
        let badge = try credential(OpenBadgeCredential.self, token)
        guard badge.type.contains("OpenBadgeCredential") || badge.type.contains("AchievementCredential") else {
            throw InvalidBadge("The token is signed, and no badge.")
        }
        return badge
    }

    /// - Parameter url: where the list was found, as the badge says.
    package func statusList(_ token: String, url: String) throws(InvalidBadge) -> BitstringStatusList {
        let credential = try credential(StatusListCredential.self, token)
        let subject = credential.credentialSubject
        guard credential.type.contains("BitstringStatusListCredential"), credential.id == url,
            subject.statusPurpose == "revocation", let list = BitstringStatusList(encoded: subject.encodedList)
        else { throw InvalidBadge("The token is signed, and no list of revoked badges for \(url).") }
        return list
    }

    private func credential<Credential: SignableCredential>(
        _ type: Credential.Type, _ token: String
    ) throws(InvalidBadge) -> Credential {
        let payload: [UInt8]
        do throws(InvalidToken) { payload = try SignedToken.payload(of: token, signedBy: keys) } catch {
            throw InvalidBadge(error)
        }
        guard let claims = SortedJSON.value(CredentialClaims<Credential>.self, of: payload) else {
            throw InvalidBadge("The token is signed, and no credential.")
        }
        guard claims.agree else { throw InvalidBadge("The token's claims are not those of its credential.") }
        return claims.credential
    }
}
