package import CertificateDocument
internal import Glibc

/// Signs documents as PAdES baseline B-B (ETSI EN 319 142-1), or B-T with a time-stamp server. Without time-stamps and
/// with an RSA key, the same document gives the same bytes.
package struct DocumentSigner: Sendable {
    /// What a signature has beside the certificates, with room to spare.
    private static let overheadBytes = 2048

    private let identity: SigningIdentity
    private let timestamps: TimestampServer?

    package init(_ identity: SigningIdentity, timestamps: TimestampServer? = nil) {
        (self.identity, self.timestamps) = (identity, timestamps)
    }

    /// Who signs, as their certificate has it.
    package var name: String { identity.name }

    /// Room for a signature of this signer.
    /// - Parameter time: when it is signed: seconds since 1970.
    package func field(reason: String? = nil, time: Int) -> SignatureField {
        SignatureField(name: identity.name, reason: reason, time: time, capacity: capacity)
    }

    private var capacity: Int {
        Self.overheadBytes + identity.chain.reduce(0) { $0 + $1.der.count }
            + (timestamps == nil ? 0 : TimestampServer.mostTokenBytes)
    }

    /// Takes a millisecond of processor time, and with time-stamps as long as their server.
    /// - Throws: ``InvalidIdentity`` when the certificate has expired meanwhile; ``TimestampFailure``, after which it
    ///   is worth trying again.
    package func sign(_ document: SignableDocument) async throws -> [UInt8] {
        try identity.checkValidity(at: time(nil))
        var message = SignedMessage(document.signedBytes, by: identity)
        message.timestamp = try await timestamps?.token(for: message.signature)
        guard let file = document.file(signed: message.bytes) else {
            preconditionFailure("the document's field is not of this signer")
        }
        return file
    }
}
