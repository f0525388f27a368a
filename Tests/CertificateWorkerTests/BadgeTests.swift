import CertificateBadges
import CertificateRecord
import Foundation
import JOSE
import Jobs
import TestSupport
import Testing

@testable import CertificateWorker

/// Credentials of certificates that are issued.
@Suite(.timeLimit(.minutes(2)))
struct BadgeTests {
    private let ada =
        #"{"learner":"ada","name":"Ada Lovelace","course":"the engine","version":2,"title":"Programming","template":"minimal","date":"2026-01-01","expires":"2098-12-31","mail":{"to":"Ada <ada@school.example>"}}"#

    private func badge(_ told: Academy.Told, _ academy: Academy) async throws -> OpenBadgeCredential {
        let record = CertificateRecord(academy.client)
        let token = try #require(try await record.find(number: told.number)?.badge)
        return try CredentialVerifier(keys: academy.badgeKeys()).badge(token)
    }

    @Test func `a badge says what the certificate says, and who verifies it finds the way`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            let told = try await academy.issue(ada)
            let badge = try await badge(told, academy)
            #expect(badge.id == "https://school.example/certificates/\(told.certificate)/badge")
            #expect(
                badge.issuer.id == "did:web:school.example:certificates" && badge.issuer.name == "Analytical Academy")
            let subject = badge.credentialSubject
            #expect(subject.achievement.id == "https://school.example/certificates/achievements/the%20engine/2")
            #expect(subject.identifier.map { $0.matches("ada@school.example") } == [false, true])
            #expect(subject.identifier.first?.matches("Ada Lovelace") == true)
            #expect(badge.validFrom == CredentialTime(seconds: 1_767_225_600))
            #expect(badge.validUntil == CredentialTime(seconds: 4_070_908_800))
            #expect(badge.credentialStatus?.statusListCredential == "https://school.example/certificates/status/0")
        }
    }

    @Test func `the file carries the badge`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            let told = try await academy.issue(ada)
            let file = academy.folder.file("storage/\(told.file)"), copy = academy.folder.file("badge.jwt")
            _ = try await Tool("/usr/bin/pdfdetach").run(["-savefile", "badge.jwt", "-o", copy, file])
            let stored = try await academy.lines("SELECT badge FROM coursework.certificates")
            #expect(try String(contentsOfFile: copy, encoding: .utf8) == stored.first)
        }
    }

    @Test func `a certificate that is revoked has its bit in the list`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            let (first, second) = (
                try await academy.issue(ada),
                try await academy.issue(ada.replacing("\"ada\"", with: "\"bob\""), as: "2-0")
            )
            _ = try await academy.run(
                #"{"certificate":"\#(first.certificate)","reason":"The exam was annulled."}"#,
                type: "certificate.revoke", as: "3-0")
            let list = BitstringStatusList(revoked: try await CertificateRecord(academy.client).revoked(in: 0))
            for (told, isRevoked) in [(first, true), (second, false)] {
                let index = try #require(try await badge(told, academy).credentialStatus?.index)
                #expect(list.isRevoked(index) == isRevoked)
            }
        }
    }

    @Test func `badges can be left out`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            _ = try await academy.issue(ada, on: try academy.worker { $0.badges = false })
            #expect(try await academy.lines("SELECT count(badge)::text FROM coursework.certificates") == ["0"])
        }
    }

    @Test func `a badge of a former key can still be verified`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            let told = try await academy.issue(ada)
            let token = try #require(try await CertificateRecord(academy.client).find(number: told.number)?.badge)
            let certificate = academy.folder.file("former.pem")
            try FileManager.default.copyItem(
                atPath: academy.folder.file("signing/certificate.pem"), toPath: certificate)
            try academy.seal(name: "New")
            #expect(throws: InvalidBadge.self) { try CredentialVerifier(keys: academy.badgeKeys()).badge(token) }
            var settings = CertificateSettings()
            settings.url = "https://school.example/certificates"
            var signing = SigningSettings(
                keyFile: academy.folder.file("signing/key.pem"),
                certificateFile: academy.folder.file("signing/certificate.pem"))
            signing.formerCertificateFiles = [certificate]
            settings.signing = signing
            let seal = try #require(
                CertificateSeal(
                    settings, Surroundings(environment: [:], dataFolder: "/", configurationFolder: "/")))
            let keys = try #require(try seal.badgeAuthority()).keys
            #expect(try CredentialVerifier(keys: keys).badge(token).name == "Programming")
        }
    }
}
