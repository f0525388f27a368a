import CertificateSigning
import Foundation
import Signing
import TestSupport
import Testing

struct SigningIdentityTests {
    private func refusal(
        key: [UInt8], chain: [UInt8], at time: Int = Int(Date().timeIntervalSince1970)
    ) -> String {
        let error = #expect(throws: InvalidIdentity.self) { try SigningIdentity(key: key, chain: chain, at: time) }
        return error?.description ?? ""
    }

    @Test func `keys and certificates that do not fit are refused with the reason`() throws {
        let one = try Signatory(), other = try Signatory(name: "Another Academy")
        let now = Int(Date().timeIntervalSince1970)
        #expect(refusal(key: one.key, chain: other.certificate).contains("is not that of the key"))
        #expect(refusal(key: one.key, chain: Array("garbage".utf8)).contains("no certificate in PEM"))
        #expect(refusal(key: one.certificate, chain: one.certificate).contains("no private key in PEM"))
        #expect(
            refusal(key: one.key, chain: one.certificate + other.certificate).contains(
                "'Another Academy' does not vouch for that of 'Analytical Academy'"))
        #expect(refusal(key: one.key, chain: one.certificate, at: now - 2 * 86400).contains("not valid yet"))
        #expect(refusal(key: one.key, chain: one.certificate, at: now + 800 * 86400).contains("has expired"))
        let key = try SigningKey.generate(.ed25519).pem
        #expect(refusal(key: key, chain: one.certificate).contains("use RSA or P-256"))
        #expect(try SigningIdentity(key: one.key, chain: one.certificate).name == "Analytical Academy")
    }

    @Test func `a certificate that is not for signing is refused`() async throws {
        let folder = try TemporaryFolder()
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/O=School", "-addext", "keyUsage=keyCertSign", "-keyout", folder.file("key"), "-out",
            folder.file("certificate"))
        let (key, certificate) = (try folder.text(of: "key"), try folder.text(of: "certificate"))
        #expect(refusal(key: Array(key.utf8), chain: Array(certificate.utf8)).contains("is not for signing documents"))
    }

    @Test(arguments: [KeyAlgorithm.rsa, .p256, .p384])
    func `OpenSSL's command takes the certificates that are made here`(algorithm: KeyAlgorithm) async throws {
        let signatory = try Signatory(algorithm, name: "Škola")
        try signatory.write(signatory.certificate, to: "it.pem")
        let verdict = try await signatory.run("openssl", "verify", "-x509_strict", "-CAfile", "it.pem", "it.pem")
        #expect(verdict == "it.pem: OK\n")
        let text = try await signatory.run("openssl", "x509", "-in", "it.pem", "-noout", "-text", "-nameopt", "utf8")
        #expect(text.contains("Digital Signature, Non Repudiation") && text.contains("Subject: CN=Škola"), "\(text)")
    }

    @Test func `nothing in a certificate moves the cursor of a terminal`() throws {
        let signatory = try Signatory(name: "\u{1B}[2JAcademy\u{202E}\n")
        #expect(try signatory.identity.name == "[2JAcademy")
    }

    @Test func `a certificate of an authority signs with those that vouch for it`() async throws {
        let school = try School(in: TemporaryFolder())
        try await school.found()
        let (key, chain) = (try school.folder.text(of: "key.pem"), try school.folder.text(of: "chain.pem"))
        let identity = try SigningIdentity(key: Array(key.utf8), chain: Array(chain.utf8))
        let signatory = try Signatory()
        let signer = DocumentSigner(identity)
        let file = try await signer.sign(signatory.document(for: signer))
        let root = Array(try school.folder.text(of: "root.pem").utf8)
        #expect(try SignedDocument(file, trusted: root).isTrusted)
        #expect(try !SignedDocument(file, trusted: signatory.certificate).isTrusted)
        try signatory.write(file, to: "it.pdf")
        #expect(try await signatory.run("pdfsig", "it.pdf").contains("Signature is Valid."))
    }
}
