import Logging

/// Addresses in a payload: one string, or an array of strings.
struct Recipients: Sendable, Equatable {
    var addresses: [String]
}

extension Recipients: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(String.self) {
            addresses = [one]
            return
        }
        do {
            addresses = try container.decode([String].self)
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "write an address or an array of addresses.")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(addresses)
    }
}

extension Recipients: CustomStringConvertible {
    /// They are persons': no log shows them by an oversight.
    var description: String { "\(addresses.count) × \(Personal.placeholder)" }
}

extension SendEmail {
    /// Everybody's address, as the producer wrote it.
    var recipients: [String] { to.addresses + (cc?.addresses ?? []) + (bcc?.addresses ?? []) }
}
