import Foundation
import Signing
import TestSupport
import Testing

@testable import EmailWorker

/// What OpenSSL's own command has signed stands for what SendGrid does.
@Suite("SendGrid's signatures", .timeLimit(.minutes(1)))
struct SendGridSignaturesTests {
    private static let now = Date(timeIntervalSince1970: 1_795_280_127)
    private static let time = "1795280127"
    private static let body = Array(#"[{"event":"delivered","email":"ada@school.example"}]"#.utf8) + [0, 13, 10]

    private struct Signed {
        let signatures: SendGridSignatures
        let signature: String
    }

    /// - Parameter time: what is signed before the body.
    private func signed(_ time: String = time) async throws -> Signed {
        let folder = try TemporaryFolder()
        let pem = try await Tool.openssl.run("genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
        try Data(pem).write(to: URL(fileURLWithPath: folder.file("key")))
        let info = try await Tool.openssl.run("pkey", "-in", folder.file("key"), "-pubout", "-outform", "DER")
        let signature = try await Tool.openssl.run(
            "dgst", "-sha256", "-sign", folder.file("key"), input: Array(time.utf8) + Self.body)
        var settings = EmailSettings()
        settings.sendGridEventKeys = [Data(info).base64EncodedString()]
        return Signed(
            signatures: try #require(try settings.sendGridSignatures()),
            signature: Data(signature).base64EncodedString())
    }

    @Test func `cover the time and every byte of the body`() async throws {
        let signed = try await signed()
        func covers(_ signature: String?, _ time: String?, of body: [UInt8] = Self.body) -> Bool {
            signed.signatures.covers(body, signature: signature, timestamp: time, at: Self.now)
        }
        #expect(covers(signed.signature, Self.time))
        #expect(!covers(signed.signature, Self.time, of: Self.body + [32]))
        #expect(!covers(signed.signature, "1795280128") && !covers(signed.signature, "0\(Self.time)"))
        #expect(!covers(nil, Self.time) && !covers(signed.signature, nil))
        for wrong in ["", "AAAA", "no base64", String(signed.signature.dropLast(4))] {
            #expect(!covers(wrong, Self.time), "\(wrong)")
        }
        let other = try await self.signed()
        #expect(!covers(other.signature, Self.time))
    }

    @Test func `hold for as long as SendGrid tries, and not before they were made`() async throws {
        let signed = try await signed()
        for (age, holds) in [(0.0, true), (24 * 3600, true), (25 * 3600 + 1, false), (-299, true), (-301, false)] {
            let covers = signed.signatures.covers(
                Self.body, signature: signed.signature, timestamp: Self.time, at: Self.now.addingTimeInterval(age))
            #expect(covers == holds, "\(age)")
        }
        for time in ["", "-1", "soon", "99999999999999999999", "1795280127.5"] {
            let strange = try await self.signed(time)
            #expect(
                !strange.signatures.covers(
                    Self.body, signature: strange.signature, timestamp: time, at: Self.now), "\(time)")
        }
    }

    @Test func `are believed by every key that is set, and by none where none is`() async throws {
        let (old, new) = (try SigningKey.generate(.p256), try SigningKey.generate(.p256))
        var settings = EmailSettings()
        #expect(try settings.sendGridSignatures() == nil)
        settings.sendGridEventKeys = []
        #expect(try settings.sendGridSignatures() == nil)
        settings.sendGridEventKeys = [old, new].map { Data($0.publicKey.info).base64EncodedString() }
        let signatures = try #require(try settings.sendGridSignatures())
        for key in [old, new] {
            let signature = key.signature(of: Array(Self.time.utf8) + Self.body)
            #expect(
                signatures.covers(
                    Self.body, signature: Data(signature).base64EncodedString(), timestamp: Self.time, at: Self.now))
        }
    }

    @Test func `a key that is none of theirs is refused where it is set`() throws {
        for key in [KeyAlgorithm.rsa, .p384, .ed25519] {
            var settings = EmailSettings()
            settings.sendGridEventKeys = [Data(try SigningKey.generate(key).publicKey.info).base64EncodedString()]
            #expect(throws: InvalidSettings.self) { try settings.sendGridSignatures() }
        }
        var settings = EmailSettings()
        settings.sendGridEventKeys = ["MFkw"]
        let error = #expect(throws: InvalidSettings.self) { try settings.sendGridSignatures() }
        #expect(error?.description.hasPrefix("workers.email.sendGridEventKeys: each is a verification key") == true)
    }
}
