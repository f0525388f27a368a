/// A status list that is signed and served (W3C Bitstring Status List 1.0, 2.2).
package struct StatusListCredential: Codable, Sendable, Equatable {
    package struct Subject: Codable, Sendable, Equatable {
        package let id: String
        package let type: String
        package let statusPurpose: String
        package let encodedList: String
    }

    package let context: [String]
    package let type: [String]
    /// Where it is served.
    package let id: String
    package let issuer: String
    package let validFrom: CredentialTime
    package var validUntil: CredentialTime?
    package let credentialSubject: Subject

    /// - Parameters:
    ///   - url: where it is served.
    ///   - issuer: the id of the issuer.
    package init(
        url: String, issuer: String, validFrom: CredentialTime, validUntil: CredentialTime? = nil,
        list: BitstringStatusList
    ) {
        context = [CredentialContext.credentials]
        type = ["VerifiableCredential", "BitstringStatusListCredential"]
        (id, self.issuer, self.validFrom, self.validUntil) = (url, issuer, validFrom, validUntil)
        credentialSubject = Subject(
            id: "\(url)#list", type: "BitstringStatusList", statusPurpose: "revocation", encodedList: list.encoded)
    }

    private enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type, id, issuer, validFrom, validUntil, credentialSubject
    }
}
