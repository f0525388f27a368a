/// Where the shape of a credential is described.
package struct CredentialSchema: Codable, Sendable, Equatable {
    let id: String
    let type: String

    static let openBadges = CredentialSchema(
        id: "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
        type: "1EdTechJsonSchemaValidator2019")
}
