internal import FoundationEssentials
package import Signing

extension SigningIdentity {
    /// A new key, and a certificate in which it vouches for itself: for trying things out, since nobody knows it.
    /// - Parameters:
    ///   - name: of the school.
    ///   - time: when it begins, in seconds since 1970.
    /// - Returns: both in PEM.
    /// - Throws: ``SigningError`` when no key can be made.
    package static func selfSigned(
        name: String, years: Int, algorithm: KeyAlgorithm = .rsa, from time: Int
    ) throws(SigningError) -> (key: [UInt8], certificate: [UInt8]) {
        let key = try SigningKey.generate(algorithm)
        // Nobody asks whether the last day is a leap year's.
        let validity = time...(time + years * 365 * 86400)
        let contents = certificateContents(name, validity, key)
        let certificate = DER.sequence(
            contents, CMSAlgorithm.certificateSignature(key.algorithm), DER.bits(key.signature(of: contents)))
        let text = Data(certificate).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return (key.pem, Array("-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n".utf8))
    }

    /// TBSCertificate (RFC 5280, 4.1).
    private static func certificateContents(
        _ name: String, _ validity: ClosedRange<Int>, _ key: SigningKey
    ) -> [UInt8] {
        // A common name has at most 64 letters.
        let name = DER.sequence(DER.set([DER.sequence(DER.identifier(2, 5, 4, 3), DER.text(String(name.prefix(64))))]))
        let number = SHA256.hash(key.publicKey.info).prefix(15)
        return DER.sequence(
            DER.tagged(0, DER.integer(2)), DER.unsigned([1] + number),
            CMSAlgorithm.certificateSignature(key.algorithm), name,
            DER.sequence(self.time(validity.lowerBound), self.time(validity.upperBound)), name, key.publicKey.info,
            DER.tagged(3, extensions))
    }

    /// No authority; for signatures, also those that nobody may deny.
    private static let extensions = DER.sequence(
        DER.sequence(DER.identifier(2, 5, 29, 19), DER.boolean(true), DER.octets(DER.sequence())),
        DER.sequence(
            DER.identifier(2, 5, 29, 15), DER.boolean(true), DER.octets(DER.bits([0b1100_0000], unused: 6))))

    /// Two digits of the year before 2050, four from then on (4.1.2.5).
    private static func time(_ seconds: Int) -> [UInt8] {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        let digits = Date(timeIntervalSince1970: Double(seconds)).formatted(style).filter { $0 != "T" }
        return digits < "2050" ? DER.element(0x17, digits.dropFirst(2).utf8) : DER.element(0x18, digits.utf8)
    }
}
