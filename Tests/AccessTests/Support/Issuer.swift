import Access
import FoundationEssentials
import JOSE
import Platform
import Signing
import TestSupport

/// Who issues tokens, with a file of its keys.
struct Issuer: Sendable {
    static let rules = TokenRules(
        issuer: "https://login.example.org", audience: "coursework", roleClaim: "coursework_role")

    let key: SigningKey
    let folder: TemporaryFolder
    var file: String { folder.file("jwks.json") }
    var source: TokenKeySource { .file(file) }

    init() throws {
        (key, folder) = (try SigningKey.generate(.rsa), try TemporaryFolder())
        try publish([JSONWebKey(key.publicKey, id: "one")])
    }

    func publish(_ keys: [JSONWebKey]) throws { try write(JSONWebKeySet(keys).json) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: file), options: .atomic) }

    /// Claims that hold, with some changed; nil takes one out.
    static func claims(_ change: [String: String?] = [:]) -> [UInt8] {
        let now = WallClock.milliseconds / 1000
        var claims = [
            "iss": #""https://login.example.org""#, "aud": #""coursework""#, "sub": #""web-tier""#,
            "exp": "\(now + 300)", "iat": "\(now)", "coursework_role": #""producer""#,
        ]
        for (name, value) in change { claims[name] = value }
        return Array("{\(claims.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}".utf8)
    }

    func token(
        _ change: [String: String?] = [:], by signer: SigningKey? = nil, id: String = "one", type: String = "JWT"
    ) throws -> String {
        let text = SignedToken.text(Self.claims(change), by: signer ?? key, keyID: id, type: type)
        guard let text else { throw TestFailure("no token") }
        return text
    }
}
