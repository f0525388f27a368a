/// Which tokens of others `coursework serve` believes.
public struct JWTSettings: Sendable, Equatable {
    /// Who must have issued them, letter by letter.
    public var issuer = ""
    /// For whom they must be.
    public var audience = ""
    /// The claim that tells the role, or a path to it: `realm_access.roles`.
    public var roleClaim = "coursework_role"
    /// A file of the issuer's keys (JWKS), or else
    public var jwksFile: String?
    /// where they are.
    public var jwksURL: String?
    /// A file of certificates to trust there instead of the system's.
    public var caFile: String?

    public init() {}

    /// What is wrong with a URL, and the remedy. Keys that come in the clear may be anybody's.
    static func mistake(inURL url: String) -> String? {
        let remedy =
            "this is no such address; write https://HOST/PATH, or http:// for this machine, http://127.0.0.1:8081/keys."
        guard let parts = ServerURL(url), !parts.holdsPassword else { return remedy }
        let isHere = ["127.0.0.1", "[::1]", "localhost"].contains {
            url.hasPrefix("http://\($0):") || url.hasPrefix("http://\($0)/")
        }
        return parts.scheme == "https" || isHere ? nil : remedy
    }
}

extension JWTSettings: SettingsSection {
    static let title = "a setting of server.jwt"
    static let keys = ["issuer", "audience", "roleClaim", "jwksFile", "jwksURL", "caFile"]

    mutating func read(_ object: SettingsObject) {
        issuer = required("issuer", such: "https://login.example.org", object) ?? issuer
        audience = required("audience", such: "coursework", object) ?? audience
        if let claim = object.text("roleClaim") { read(roleClaim: claim, object) }
        jwksFile = object.isNull("jwksFile") ? nil : object.path("jwksFile")
        if !object.isNull("jwksURL"), let url = object.text("jwksURL") { read(url: url, object) }
        caFile = object.isNull("caFile") ? nil : object.path("caFile")
        let isReported = jwksURL == nil && object.members["jwksURL"] != nil && !object.isNull("jwksURL")
        if !isReported, (jwksFile == nil) == (jwksURL == nil) {
            object.refuse(nil, "the keys are to be in one place; write 'jwksFile' or 'jwksURL'.")
        }
    }

    private func required(_ key: String, such example: String, _ object: SettingsObject) -> String? {
        guard object.members[key] != nil else {
            object.refuse(nil, "'\(key)' is missing; add it, such as \"\(example)\".")
            return nil
        }
        guard let text = object.text(key) else { return nil }
        if text.isEmpty { object.refuse(key, "'\(key)' is empty; write one, such as \"\(example)\".") }
        return text
    }

    private mutating func read(roleClaim claim: String, _ object: SettingsObject) {
        guard claim.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
            return object.refuse(
                "roleClaim", "'roleClaim' is no claim; write its name, or a path such as \"realm_access.roles\".")
        }
        roleClaim = claim
    }

    private mutating func read(url: String, _ object: SettingsObject) {
        if let mistake = Self.mistake(inURL: url) { return object.refuse("jwksURL", "'jwksURL': \(mistake)") }
        jwksURL = url
    }
}
