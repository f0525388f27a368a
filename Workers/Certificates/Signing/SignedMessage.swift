internal import Signing

/// SignedData of CMS (RFC 5652, 5) beside what it signs, as PAdES has it: one signer, and of the signed attributes
/// those that ETSI EN 319 122-1, 5 and EN 319 142-1, 6.3 ask for, the time not among them. OpenSSL would add that time.
struct SignedMessage {
    private let identity: SigningIdentity
    private let attributes: [[UInt8]]
    let signature: [UInt8]
    /// A token of RFC 3161 on the signature.
    var timestamp: [UInt8]?

    init(_ message: [UInt8], by identity: SigningIdentity) {
        self.identity = identity
        attributes = [
            Self.attribute(Self.contentType, Self.data),
            Self.attribute(Self.messageDigest, DER.octets(SHA256.hash(message))),
            Self.attribute(Self.signingCertificate, Self.reference(to: identity.chain[0])),
        ]
        signature = identity.key.signature(of: DER.set(attributes))
    }

    var bytes: [UInt8] {
        DER.sequence(
            Self.signedData,
            DER.tagged(
                0,
                DER.sequence(
                    DER.integer(1), DER.set([CMSAlgorithm.sha256]), DER.sequence(Self.data),
                    DER.element(0xA0, DER.sorted(identity.chain.map(\.der))), DER.set([signerInfo]))))
    }

    private var signerInfo: [UInt8] {
        let certificate = identity.chain[0]
        var fields = [
            DER.integer(1), DER.sequence(certificate.issuer, certificate.serialNumber), CMSAlgorithm.sha256,
            DER.element(0xA0, DER.sorted(attributes)), CMSAlgorithm.messageSignature(identity.key.algorithm),
            DER.octets(signature),
        ]
        if let timestamp { fields.append(DER.element(0xA1, Self.attribute(Self.timestampToken, timestamp))) }
        return DER.element(0x30, fields.joined())
    }

    private static func attribute(_ kind: [UInt8], _ value: [UInt8]) -> [UInt8] {
        DER.sequence(kind, DER.set([value]))
    }

    /// SigningCertificateV2 (RFC 5035, 3), by the hash of the certificate.
    private static func reference(to certificate: X509Certificate) -> [UInt8] {
        DER.sequence(DER.sequence(DER.sequence(DER.octets(SHA256.hash(certificate.der)))))
    }

    private static let data = DER.identifier(1, 2, 840, 113549, 1, 7, 1)
    private static let signedData = DER.identifier(1, 2, 840, 113549, 1, 7, 2)
    private static let contentType = DER.identifier(1, 2, 840, 113549, 1, 9, 3)
    private static let messageDigest = DER.identifier(1, 2, 840, 113549, 1, 9, 4)
    private static let signingCertificate = DER.identifier(1, 2, 840, 113549, 1, 9, 16, 2, 47)
    private static let timestampToken = DER.identifier(1, 2, 840, 113549, 1, 9, 16, 2, 14)
}
