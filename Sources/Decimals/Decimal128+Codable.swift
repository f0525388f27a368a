import FoundationEssentials

/// In JSON a string, such as `"0.5"`, so that no reader on the way turns it into a binary float. A JSON number is read
/// as well, digit by digit.
extension Decimal128: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text: String
        if let string = try? container.decode(String.self) {
            text = string
        } else if let number = try? container.decode(Decimal.self) {
            text = number.description
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(Self.problem(container))")
        }
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// A number that is beyond even what Foundation reads; the binary one only says on which side.
    private static func problem(_ container: any SingleValueDecodingContainer) -> InvalidDecimal {
        guard let number = try? container.decode(Double.self) else { return .notANumber }
        return abs(number) > 1 ? .tooLarge : .tooSmall
    }
}
