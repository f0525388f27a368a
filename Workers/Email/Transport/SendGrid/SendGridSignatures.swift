package import FoundationEssentials
package import Signing

/// Whether a request comes from SendGrid's event webhook: it signs the time and the body of each.
///
/// Source: its documentation, "Getting Started with the Event Webhook Security Features".
package struct SendGridSignatures: Sendable {
    /// It tries for a day to hand over what was not taken. What comes again changes nothing, so to refuse more would only
    /// lose events.
    static let oldest: TimeInterval = 25 * 3600
    /// By which its clock may be ahead of ours.
    static let ahead: TimeInterval = 300

    private let keys: [PublicKey]

    package init(keys: [PublicKey]) { self.keys = keys }

    package var count: Int { keys.count }

    /// - Parameters:
    ///   - signature: the field `X-Twilio-Email-Event-Webhook-Signature`; nil where there is not just one.
    ///   - timestamp: the field `X-Twilio-Email-Event-Webhook-Timestamp`, likewise.
    ///   - body: as it came, byte for byte.
    package func covers(_ body: [UInt8], signature: String?, timestamp: String?, at now: Date) -> Bool {
        guard let timestamp, let signed = Self.time(timestamp), let signature,
            let signature = Data(base64Encoded: signature)
        else { return false }
        let age = now.timeIntervalSince(signed)
        guard age <= Self.oldest, age >= -Self.ahead else { return false }
        let message = Array(timestamp.utf8) + body
        return keys.contains { $0.verifies(Array(signature), of: message) }
    }

    /// Seconds since 1970.
    private static func time(_ text: String) -> Date? {
        guard text.utf8.count <= 12, let seconds = UInt64(text) else { return nil }
        return Date(timeIntervalSince1970: Double(seconds))
    }
}

extension EmailSettings {
    /// Nil where no events are taken.
    /// - Throws: an error whose description says what is wrong with the setting.
    package func sendGridSignatures() throws -> SendGridSignatures? {
        guard let keys = sendGridEventKeys, !keys.isEmpty else { return nil }
        return SendGridSignatures(keys: try keys.map(Self.sendGridKey))
    }

    private static func sendGridKey(_ text: String) throws(InvalidSettings) -> PublicKey {
        guard let info = Data(base64Encoded: text), let key = try? PublicKey(info: Array(info)), key.algorithm == .p256
        else {
            throw InvalidSettings(
                key: "sendGridEventKeys",
                "each is a verification key as SendGrid shows it, an ECDSA key on P-256 in Base64: MFkwEwYHKoZ….")
        }
        return key
    }
}
