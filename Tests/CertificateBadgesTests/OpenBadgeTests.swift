import CertificateBadges
import Foundation
import JOSE
import Signing
import TestSupport
import Testing

struct OpenBadgeTests {
    /// Open Badges 3.0, 8.2.3 and 8.2.4, and the tables of appendix B: which fields must be there, and of what kind.
    @Test(arguments: [(KeyAlgorithm.rsa, "RS256"), (.p256, "ES256"), (.ed25519, "EdDSA")])
    func `another implementation verifies a badge, which is as Open Badges wants it`(
        algorithm: KeyAlgorithm, name: String
    ) async throws {
        let academy = try Academy(algorithm)
        let until = CredentialTime(seconds: Academy.day.seconds + 86400)
        let token = academy.signer.sign(Academy.badge(validUntil: until))
        let read = try #require(try await academy.read(token)[0])
        let header = try #require(read["header"] as? [String: String])
        #expect(header == ["alg": name, "typ": "JWT", "kid": academy.signer.keyID])
        let payload = try #require(read["payload"] as? [String: Any])
        #expect(payload["iss"] as? String == Academy.id && payload["sub"] as? String == Self.subject(payload, "id"))
        #expect(payload["jti"] as? String == payload["id"] as? String && payload["nbf"] as? Int == 1_796_083_200)
        #expect(payload["exp"] as? Int == 1_796_169_600 && payload["validUntil"] as? String == "2026-12-02T00:00:00Z")
        #expect(payload["validFrom"] as? String == "2026-12-01T00:00:00Z")
        try checkShape(payload)
    }

    private func checkShape(_ payload: [String: Any]) throws {
        #expect(
            payload["@context"] as? [String] == [
                "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ])
        #expect(payload["type"] as? [String] == ["VerifiableCredential", "OpenBadgeCredential"])
        #expect(payload["name"] as? String == "Certificate")
        let issuer = try #require(payload["issuer"] as? [String: Any])
        #expect(issuer["type"] as? [String] == ["Profile"] && issuer["name"] as? String == "Analytical Academy")
        let schema = try #require((payload["credentialSchema"] as? [[String: String]])?.first)
        #expect(schema["type"] == "1EdTechJsonSchemaValidator2019")
        #expect(
            payload["credentialStatus"] as? [String: String] == [
                "id": "\(Academy.list)#94567", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                "statusListIndex": "94567", "statusListCredential": Academy.list,
            ])
        let achievement = try #require(
            (payload["credentialSubject"] as? [String: Any])?["achievement"] as? [String: Any])
        #expect(achievement["type"] as? [String] == ["Achievement"])
        #expect(Set(achievement.keys) == ["id", "type", "name", "description", "criteria", "image"])
        #expect((achievement["image"] as? [String: String])?["type"] == "Image")
        #expect(Set((achievement["criteria"] as? [String: String] ?? [:]).keys) == ["id", "narrative"])
    }

    private static func subject(_ payload: [String: Any], _ field: String) -> String? {
        (payload["credentialSubject"] as? [String: Any])?[field] as? String
    }

    @Test func `the learner's address is in a badge as a salted hash alone`() async throws {
        let academy = try Academy()
        let read = try #require(try await academy.read(academy.signer.sign(Academy.badge()))[0])
        #expect(!"\(read)".contains("ada@example.org"))
        let subject = (read["payload"] as? [String: Any])?["credentialSubject"] as? [String: Any]
        let identity = try #require((subject?["identifier"] as? [[String: Any]])?.first)
        #expect(identity["type"] as? String == "IdentityObject" && identity["hashed"] as? Bool == true)
        #expect(identity["identityType"] as? String == "emailAddress" && identity["salt"] as? String == "7QF49KXM2D8R")
        let script = "import hashlib; print('sha256$' + hashlib.sha256(b'ada@example.org7QF49KXM2D8R').hexdigest())"
        let hash = String(decoding: try await Tool.python.run("-c", script).dropLast(), as: UTF8.self)
        #expect(identity["identityHash"] as? String == hash)
        let own = Academy.badge().credentialSubject.identifier
        #expect(
            own[0].matches("ada@example.org") && !own[0].matches("eve@example.org") && own[1].matches("Ada Lovelace"))
    }

    @Test(arguments: [KeyAlgorithm.rsa, .ed25519])
    func `the same badge signed by the same key is the same text`(algorithm: KeyAlgorithm) throws {
        let academy = try Academy(algorithm)
        let token = academy.signer.sign(Academy.badge(learner: "\u{0}\"<సూర్య>\\/"))
        #expect(academy.signer.sign(Academy.badge(learner: "\u{0}\"<సూర్య>\\/")) == token)
        #expect(academy.signer.sign(Academy.badge()) != token)
        #expect(try academy.verifier.badge(token) == Academy.badge(learner: "\u{0}\"<సూర్య>\\/"))
    }

    @Test func `a badge is valid from its first second until before its last`() {
        let badge = Academy.badge(validUntil: CredentialTime(seconds: Academy.day.seconds + 100))
        let verdicts = [-1, 0, 99, 100].map { badge.validity(at: CredentialTime(seconds: Academy.day.seconds + $0)) }
        #expect(verdicts == [.notYet, .valid, .valid, .expired])
        #expect(Academy.badge().validity(at: CredentialTime(seconds: .max)) == .valid)
    }

    @Test func `a badge of another key, or changed, is refused by both`() async throws {
        let academy = try Academy(), stranger = try Academy()
        let parts = academy.signer.sign(Academy.badge()).split(separator: ".").map(String.init)
        let other = academy.signer.sign(Academy.badge(learner: "Eve")).split(separator: ".").map(String.init)
        let forged = "\(parts[0]).\(other[1]).\(parts[2])"
        #expect(try await academy.read(forged)[0] == nil)
        #expect(throws: InvalidBadge.self) { try academy.verifier.badge(forged) }
        #expect(throws: InvalidBadge.self) { try stranger.verifier.badge(parts.joined(separator: ".")) }
        #expect(try academy.verifier.badge(parts.joined(separator: ".")) == Academy.badge())
    }

    /// Open Badges 3.0, 8.2.6.1.
    @Test(arguments: ["iss", "sub", "jti", "nbf", "exp"])
    func `claims that are not those of the credential are refused`(claim: String) throws {
        let key = try SigningKey.generate(.p256)
        let signer = try CredentialSigner(pem: key.pem, keys: Academy.id)
        let until = CredentialTime(seconds: Academy.day.seconds + 100)
        let payload = try #require(
            Base64URL.bytes(signer.sign(Academy.badge(validUntil: until)).split(separator: ".")[1]))
        var claims = try #require(try JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any])
        let verifier = CredentialVerifier(keys: JSONWebKeySet([signer.publicKey]))
        for value in [claims[claim] is Int ? 5 : "https://evil.example", nil] as [Any?] {
            claims[claim] = value
            let changed = Array(try JSONSerialization.data(withJSONObject: claims))
            let token = try #require(SignedToken.text(changed, by: key, keyID: signer.keyID, type: "JWT"))
            #expect(throws: InvalidBadge.self) { try verifier.badge(token) }
        }
    }

    @Test func `signed tokens that are no badge are refused`() throws {
        let key = try SigningKey.generate(.p256), academy = try Academy()
        let signer = try CredentialSigner(pem: key.pem, keys: Academy.id)
        let verifier = CredentialVerifier(keys: JSONWebKeySet([signer.publicKey]))
        let deep = String(repeating: "[", count: 100_000)
        for payload in ["", "{}", "null", "[1]", "{\"iss\":1}", deep, "\u{FFFD}"] {
            let token = try #require(SignedToken.text(Array(payload.utf8), by: key, keyID: signer.keyID, type: "JWT"))
            #expect(throws: InvalidBadge.self) { try verifier.badge(token) }
        }
        let list = StatusListCredential(
            url: Academy.list, issuer: Academy.id, validFrom: Academy.day, list: BitstringStatusList(revoked: []))
        #expect(throws: InvalidBadge.self) { try academy.verifier.badge(academy.signer.sign(list)) }
    }

    @Test func `keys that readers of badges do not know are refused with the reason`() throws {
        let curve = try SigningKey.generate(.p384).pem
        let error = #expect(throws: InvalidBadgeKey.self) { try CredentialSigner(pem: curve, keys: Academy.id) }
        #expect(error?.description.contains("use RSA or P-256") == true)
        #expect(throws: InvalidBadgeKey.self) { try CredentialSigner(pem: Array("no key".utf8), keys: Academy.id) }
    }
}
