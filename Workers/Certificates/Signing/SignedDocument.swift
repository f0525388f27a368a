internal import CCMS
internal import CertificateDocument
internal import Glibc
internal import Signing

/// A PDF file whose signature is of all that it has, and holds.
package struct SignedDocument: Sendable, Equatable {
    package struct Timestamp: Sendable, Equatable {
        /// Seconds since 1970.
        package let time: Int
        /// Who says so.
        package let authority: String
        package let isTrusted: Bool
    }

    /// Who signed, as their certificate has it. Anybody can write any name into a certificate: see `isTrusted`.
    package let signer: String
    /// SHA-256 of the signer's certificate.
    package let fingerprint: [UInt8]
    /// Whether one of the trusted certificates vouches for the signer's, at the time of a trusted time-stamp or else
    /// now.
    package let isTrusted: Bool
    /// When it was signed, as the signer says: seconds since 1970.
    package let claimedTime: Int?
    package let timestamp: Timestamp?

    /// - Parameters:
    ///   - trusted: certificates in PEM.
    ///   - now: seconds since 1970.
    /// - Throws: ``InvalidSignature``
    package init(
        _ file: [UInt8], trusted: [UInt8] = [], now: Int = Glibc.time(nil)
    ) throws(InvalidSignature) {
        let signed = try SignatureRange(of: file)
        let message = try VerifiedMessage(signed.signature, of: signed.bytes)
        let trusted = X509Certificate.list(pem: trusted)
        let timestamp = try message.timestamp(trusted: trusted)
        signer = message.signer.name
        fingerprint = SHA256.hash(message.signer.der)
        let time = timestamp.flatMap { $0.isTrusted ? $0.time : nil } ?? now
        isTrusted = TrustStore(trusted, at: time).trusts(message.signer, through: message.certificates)
        claimedTime = signed.claimedTime
        self.timestamp = timestamp.map { Timestamp(time: $0.time, authority: $0.authority, isTrusted: $0.isTrusted) }
    }
}
