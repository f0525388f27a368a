import CertificateBadges
import Foundation
import JOSE
import Signing
import TestSupport

/// A school that awards badges.
struct Academy {
    static let id = "did:web:learn.example.org"
    static let list = "https://learn.example.org/badges/revoked/1"
    /// 2026-12-01 00:00 UTC
    static let day = CredentialTime(seconds: 1_796_083_200)

    let signer: CredentialSigner

    init(_ algorithm: KeyAlgorithm = .p256) throws {
        signer = try CredentialSigner(pem: SigningKey.generate(algorithm).pem, keys: Self.id)
    }

    var keys: JSONWebKeySet { JSONWebKeySet([signer.publicKey]) }
    var verifier: CredentialVerifier { CredentialVerifier(keys: keys) }

    static func badge(learner: String = "Ada Lovelace", validUntil: CredentialTime? = nil) -> OpenBadgeCredential {
        let achievement = Achievement(
            id: "https://learn.example.org/courses/17/versions/2", name: "Programming the Analytical Engine",
            description: "Bernoulli numbers, and loops.",
            criteria: Achievement.Criteria(page: "https://learn.example.org/courses/17", narrative: "Pass the exam."),
            image: Achievement.Image(url: "https://learn.example.org/courses/17/badge.png"))
        let subject = BadgeSubject(
            id: "urn:uuid:6d3a1c1e-33b1-4a7e-9a5f-1f2a7b6d0a11",
            identities: [
                BadgeIdentity(hashing: "ada@example.org", salt: "7QF49KXM2D8R", .emailAddress),
                BadgeIdentity(plain: learner, .name),
            ],
            achievement: achievement)
        return OpenBadgeCredential(
            id: "https://learn.example.org/certificates/7QF4-9KXM-2D8R", name: "Certificate",
            issuer: BadgeIssuer(
                id: id, name: "Analytical Academy", url: "https://learn.example.org", email: "office@example.org"),
            validFrom: day, validUntil: validUntil, subject: subject, status: StatusListEntry(index: 94_567, list: list)
        )
    }

    /// What another implementation makes of tokens; nil for one that it refuses.
    func read(_ tokens: String...) async throws -> [[String: Any]?] {
        let keys = String(decoding: self.keys.json, as: UTF8.self)
        let answer = try await Tool.python.run(
            Checkout.root + "/Tests/Tools/read_credentials.py", keys,
            input: Array(tokens.map { $0 + "\n" }.joined().utf8))
        return try answer.split(separator: UInt8(ascii: "\n")).map {
            try JSONSerialization.jsonObject(with: Data($0), options: .fragmentsAllowed) as? [String: Any]
        }
    }
}
