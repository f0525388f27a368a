internal import FoundationEssentials

/// A second, written as `2026-12-01T00:00:00Z`.
package struct CredentialTime: Codable, Sendable, Hashable, Comparable {
    /// Since 1970.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = try? Date.ISO8601FormatStyle().parse(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time")
        }
        seconds = Int(date.timeIntervalSince1970)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
    }

    package static func < (first: Self, second: Self) -> Bool { first.seconds < second.seconds }
}
