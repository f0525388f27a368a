import CertificateDocument
import CertificateDrawing
import CertificateSigning
import CertificateSupport
import Foundation
import Signing
import TestSupport

/// Draws a certificate and signs it, with a key of its own.
struct Signatory {
    /// 2026-12-01 12:00 UTC
    static let time = 1_796_126_400

    let studio: Studio
    let key: [UInt8]
    let certificate: [UInt8]

    init(_ algorithm: KeyAlgorithm = .p256, name: String = "Analytical Academy") throws {
        studio = try Studio()
        // Tests run before the day on the certificate, and after it.
        let now = Int(Date().timeIntervalSince1970)
        (key, certificate) = try SigningIdentity.selfSigned(
            name: name, years: 2, algorithm: algorithm, from: now - 86400)
    }

    var identity: SigningIdentity { get throws { try SigningIdentity(key: key, chain: certificate) } }

    func document(
        for signer: DocumentSigner, learner: String = "Ada", attachments: [AttachedFile] = []
    ) throws -> SignableDocument {
        try studio.renderer.signablePDF(
            of: Studio.content(learner: learner), template: Studio.template("minimal"), attachments: attachments,
            signature: signer.field(reason: "Issued to \(learner)", time: Self.time))
    }

    /// - Returns: the bytes of the file `it.pdf`, in the studio's folder.
    @discardableResult
    func sign(
        learner: String = "Ada", timestamps: TimestampServer? = nil, attachments: [AttachedFile] = []
    ) async throws -> [UInt8] {
        let signer = DocumentSigner(try identity, timestamps: timestamps)
        let file = try await signer.sign(document(for: signer, learner: learner, attachments: attachments))
        try write(file, to: "it.pdf")
        return file
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: studio.folder.file(name)))
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: studio.folder.file(name))))
    }

    func run(_ program: String, _ arguments: String...) async throws -> String {
        let answer = try await Tool("/usr/bin/env").run(["-C", studio.folder.path, program] + arguments)
        return String(decoding: answer, as: UTF8.self)
    }
}
