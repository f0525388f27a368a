import CertificateSigning
import CertificateSupport
import Foundation
import Signing
import TestSupport
import Testing

struct SignedDocumentTests {
    @Test func `a signed document tells who signed it, and whether that is somebody trusted`() async throws {
        let signatory = try Signatory(), other = try Signatory()
        let file = try await signatory.sign()
        let signed = try SignedDocument(file)
        #expect(signed.signer == "Analytical Academy" && !signed.isTrusted && signed.timestamp == nil)
        #expect(signed.claimedTime == Signatory.time && signed.fingerprint.count == 32)
        #expect(try SignedDocument(file, trusted: signatory.certificate).isTrusted)
        #expect(try !SignedDocument(file, trusted: other.certificate).isTrusted)
        let later = Int(Date().timeIntervalSince1970) + 3 * 366 * 86400
        #expect(try !SignedDocument(file, trusted: signatory.certificate, now: later).isTrusted)
    }

    @Test func `a trusted time-stamp keeps a signature trusted when its certificate has ended`() async throws {
        try await ClockTower.with { tower in
            let signatory = try Signatory()
            let file = try await signatory.sign(timestamps: tower.server)
            let later = Int(Date().timeIntervalSince1970) + 3 * 366 * 86400
            #expect(try SignedDocument(file, trusted: signatory.certificate + tower.authority, now: later).isTrusted)
            #expect(try !SignedDocument(file, trusted: signatory.certificate, now: later).isTrusted)
        }
    }

    /// Of the signature itself some bits say nothing, such as whether a digit is a small letter.
    @Test func `a changed byte is noticed, wherever it is in what is signed`() async throws {
        let signatory = try Signatory()
        let file = try await signatory.sign()
        let contents = try #require(Data(file).range(of: Data("/Contents <".utf8), options: .backwards))
        let digits = try SignedMessageFile(file).message.count * 2
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            var changed = file
            let place = Int.random(in: changed.indices, using: &generator)
            changed[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            let isInSignature = (contents.upperBound..<(contents.upperBound + digits)).contains(place)
            let signer = (try? SignedDocument(changed))?.signer
            #expect(signer == nil || isInSignature && signer == "Analytical Academy", "\(place)")
        }
    }

    @Test func `pdfsig notices a change too`() async throws {
        let signatory = try Signatory()
        var file = try await signatory.sign()
        file[file.count / 2] ^= 1
        try signatory.write(file, to: "changed.pdf")
        #expect(!(try await signatory.run("pdfsig", "changed.pdf").contains("Signature is Valid.")))
        #expect(throws: InvalidSignature.broken) { try SignedDocument(file) }
    }

    @Test func `what was added behind a signature is noticed`() async throws {
        let file = try await Signatory().sign()
        #expect(throws: InvalidSignature.partial) { try SignedDocument(file + Array("\n%%EOF\n".utf8)) }
        #expect(throws: InvalidSignature.partial) { try SignedDocument(Array(file.dropLast())) }
    }

    @Test func `a file without a signature, and anything else, is refused`() async throws {
        let signatory = try Signatory()
        let file = try await signatory.sign()
        let unsigned = try signatory.studio.renderer.pdf(
            of: Studio.content(learner: "Ada"), template: Studio.template("minimal"))
        #expect(throws: InvalidSignature.absent) { try SignedDocument(unsigned) }
        for text in [
            "", "/ByteRange", "/ByteRange [ 0 1 2 3 ]", "/ByteRange [0 99999999999999999999 1 1]",
            "/ByteRange [ 0 \(Int.max) \(Int.max) 0 ]", "/ByteRange [ 0 1 \(Int.max) \(Int.max) ]",
            "/ByteRange [ 0 -5 9 1 ]",
            "/ByteRange [ 0 31 34 0 ] /Contents <>", "/ByteRange [ 0 31 35 0 ] /Contents <30>", "/ByteRange ] [",
        ] { #expect(throws: InvalidSignature.self) { try SignedDocument(Array(text.utf8)) } }
        for count in stride(from: 0, to: file.count, by: file.count / 50) {
            #expect(throws: InvalidSignature.self) { try SignedDocument(Array(file.prefix(count))) }
        }
    }

    @Test func `the signature of another document does not do`() async throws {
        let signatory = try Signatory()
        let one = try await signatory.sign(learner: "Ada"), other = try await signatory.sign(learner: "Eva")
        let signatures = try [one, other].map { try SignedMessageFile($0).message }
        let digits = signatures.map { $0.map { String(format: "%02X", $0) }.joined() }
        #expect(throws: InvalidSignature.broken) {
            try SignedDocument(Self.replaced(one, digits[0], digits[1]))
        }
    }

    private static func replaced(_ file: [UInt8], _ old: String, _ new: String) throws -> [UInt8] {
        let (file, old, new) = (Data(file), Data(old.utf8), Data(new.utf8))
        guard let place = file.range(of: old) else { throw TestFailure("no signature") }
        var changed = file
        changed.replaceSubrange(place, with: new)
        return Array(changed)
    }
}
