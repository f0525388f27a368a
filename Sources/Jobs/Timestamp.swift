internal import FoundationEssentials

/// An instant as it is written for people and programs: RFC 3339 in UTC.
package struct Timestamp: Sendable, Equatable {
    /// Since 1970.
    package let milliseconds: Int

    /// What is not of the years 1970 to 9999 is no time of a job: the nearest that is stands for it.
    package init(milliseconds: Int) {
        self.milliseconds = min(max(milliseconds, Self.known.lowerBound), Self.known.upperBound)
    }

    private static let known = 0...253_402_300_799_999

    /// Reads `2026-12-01T08:00:00Z`, with or without a fraction; nil for what is no time of the years 1970 to 9999.
    package init?(_ text: String) {
        guard
            let date = (try? Date(text, strategy: .iso8601))
                ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        else { return nil }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard Double(Self.known.lowerBound)...Double(Self.known.upperBound) ~= milliseconds else { return nil }
        self.milliseconds = Int(milliseconds)
    }

    /// To the millisecond: `2026-12-01T08:00:00.250Z`
    package var precise: String {
        let fraction = "\(1000 + milliseconds - wholeSeconds * 1000)".dropFirst()
        return "\(description.dropLast()).\(fraction)Z"
    }

    private var wholeSeconds: Int { Int((Double(milliseconds) / 1000).rounded(.down)) }
}

extension Timestamp: CustomStringConvertible {
    /// To the second, for people: `2026-12-01T08:00:00Z`
    package var description: String { Date(timeIntervalSince1970: Double(wholeSeconds)).formatted(.iso8601) }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no time such as 2026-12-01T08:00:00Z")
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(precise)
    }
}
