/// A credential with the claims of a JSON Web Token that repeat parts of it (Open Badges 3.0, 8.2.4).
struct CredentialClaims<Credential: SignableCredential>: Codable {
    let credential: Credential
    private let iss: String
    private let jti: String
    private let nbf: Int
    private let exp: Int?
    private let sub: String

    private enum CodingKeys: String, CodingKey {
        case iss, jti, nbf, exp, sub
    }

    init(_ credential: Credential) {
        self.credential = credential
        (iss, jti, sub) = (credential.issuerID, credential.id, credential.subjectID)
        (nbf, exp) = (credential.validFrom.seconds, credential.validUntil?.seconds)
    }

    init(from decoder: any Decoder) throws {
        credential = try Credential(from: decoder)
        let claims = try decoder.container(keyedBy: CodingKeys.self)
        (iss, jti) = (try claims.decode(String.self, forKey: .iss), try claims.decode(String.self, forKey: .jti))
        (nbf, sub) = (try claims.decode(Int.self, forKey: .nbf), try claims.decode(String.self, forKey: .sub))
        exp = try claims.decodeIfPresent(Int.self, forKey: .exp)
    }

    func encode(to encoder: any Encoder) throws {
        try credential.encode(to: encoder)
        var claims = encoder.container(keyedBy: CodingKeys.self)
        try claims.encode(iss, forKey: .iss)
        try claims.encode(jti, forKey: .jti)
        try claims.encode(nbf, forKey: .nbf)
        try claims.encodeIfPresent(exp, forKey: .exp)
        try claims.encode(sub, forKey: .sub)
    }

    /// Whether they say what the credential says.
    var agree: Bool {
        let right = CredentialClaims(credential)
        return iss == right.iss && jti == right.jti && nbf == right.nbf && exp == right.exp && sub == right.sub
    }
}
