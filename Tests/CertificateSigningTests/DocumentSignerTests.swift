import CertificateDocument
import CertificateSigning
import CertificateSupport
import Signing
import TestSupport
import Testing

struct DocumentSignerTests {
    @Test(arguments: [KeyAlgorithm.rsa, .p256, .p384])
    func `pdfsig says that a signature is valid, and of the whole document`(algorithm: KeyAlgorithm) async throws {
        let signatory = try Signatory(algorithm)
        try await signatory.sign()
        let report = try await signatory.run("pdfsig", "it.pdf")
        for line in [
            "Signer Certificate Common Name: Analytical Academy", "Signing Time: Dec 01 2026",
            "Signing Hash Algorithm: SHA-256", "Signature Type: ETSI.CAdES.detached", "Total document signed",
            "Signature Validation: Signature is Valid.",
        ] { #expect(report.contains(line), "\(line) in \(report)") }
        #expect(!report.contains("Signature #2"))
    }

    @Test(arguments: [KeyAlgorithm.rsa, .p256])
    func `a time-stamp is in the signature, and everything stays valid`(algorithm: KeyAlgorithm) async throws {
        try await ClockTower.with { tower in
            let signatory = try Signatory(algorithm)
            let file = try await signatory.sign(timestamps: tower.server)
            let report = try await signatory.run("pdfsig", "it.pdf")
            #expect(report.contains("Total document signed") && report.contains("Signature is Valid."), "\(report)")
            let signed = try SignedDocument(file, trusted: tower.authority)
            #expect(signed.timestamp?.authority == "Clock Tower" && signed.timestamp?.isTrusted == true)
            #expect(signed.claimedTime == Signatory.time && !signed.isTrusted)
        }
    }

    @Test func `a signed document is sound, and still PDF-A`() async throws {
        let signatory = try Signatory()
        try await signatory.sign()
        let check = try await signatory.run("qpdf", "--check", "it.pdf")
        #expect(check.contains("No syntax or stream encoding errors"), "\(check)")
        _ = try await signatory.run("qpdf", "--qdf", "--object-streams=disable", "it.pdf", "plain.pdf")
        let text = String(decoding: try signatory.read("plain.pdf"), as: UTF8.self)
        for part in [
            "<pdfaid:part>2</pdfaid:part>", "/S /GTS_PDFA1", "/SigFlags 3", "/FT /Sig", "/F 132",
            "/Filter /Adobe.PPKLite",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(try await signatory.run("pdftotext", "it.pdf", "-").contains("Ada"))
        #expect(try await signatory.run("pdfinfo", "-url", "it.pdf").contains("https://learn.example.org/"))
    }

    @Test func `a signature is of the attached files too`() async throws {
        let signatory = try Signatory()
        let attached = AttachedFile(
            name: "badge.jwt", description: "Badge", mediaType: "application/vc+jwt", relationship: .alternative,
            bytes: Array("eyJ.a.b".utf8))
        try await signatory.sign(attachments: [attached])
        let report = try await signatory.run("pdfsig", "it.pdf")
        #expect(report.contains("Total document signed") && report.contains("Signature is Valid."), "\(report)")
        #expect(try await signatory.run("pdfdetach", "-list", "it.pdf").contains("1: badge.jwt"))
        #expect(try await signatory.run("qpdf", "--check", "it.pdf").contains("No syntax or stream encoding errors"))
    }

    @Test func `the same document signed by the same RSA key is the same bytes`() async throws {
        let signatory = try Signatory(.rsa)
        let first = try await signatory.sign()
        #expect(try await signatory.sign() == first)
        #expect(try await signatory.sign(learner: "Adb") != first)
    }

    /// EN 319 142-1, 6.3: the time is in the document, not in the message.
    @Test func `OpenSSL's command verifies the message, which has the attributes of PAdES`() async throws {
        let signatory = try Signatory()
        let signer = DocumentSigner(try signatory.identity)
        let document = try signatory.document(for: signer)
        try signatory.write(document.signedBytes, to: "content")
        let signed = try SignedMessageFile(try await signer.sign(document))
        try signatory.write(signed.message, to: "message")
        try signatory.write(signatory.certificate, to: "certificate.pem")
        _ = try await signatory.run(
            "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "message", "-content", "content",
            "-CAfile", "certificate.pem", "-purpose", "any", "-out", "verified")
        #expect(try signatory.read("verified") == document.signedBytes)
        let print = try await signatory.run(
            "openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", "message", "-noout")
        #expect(print.contains("id-smime-aa-signingCertificateV2") && print.contains("messageDigest"))
        #expect(!print.contains("signingTime") && !print.contains("SMIMECapabilities"))
    }

    @Test func `a name of any kind is in the signature as it is`() async throws {
        let name = "Škola (s.r.o.) <&> సంస్థ"
        let signatory = try Signatory(name: name)
        let file = try await signatory.sign(learner: "/ByteRange [ 0 1 2 3 ] /Contents <00>")
        #expect(try SignedDocument(file).signer == name)
        let report = try await signatory.run("pdfsig", "it.pdf")
        #expect(report.contains("Total document signed") && report.contains("Signature is Valid."), "\(report)")
    }
}
