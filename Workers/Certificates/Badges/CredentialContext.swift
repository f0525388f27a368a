/// Where the words of credentials are explained.
enum CredentialContext {
    static let credentials = "https://www.w3.org/ns/credentials/v2"
    static let openBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
}
