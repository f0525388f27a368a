import Decimals

extension ResponseValue: Codable {
    package init(from decoder: any Decoder) throws { try self.init(from: decoder, mayNest: true) }

    private init(from decoder: any Decoder, mayNest: Bool) throws {
        if let text = Self.text(from: decoder) {
            self = .text(text)
        } else if let list = try? decoder.singleValueContainer().decode([Text].self) {
            self = .list(list.map(\.value))
        } else if mayNest, let object = try? decoder.container(keyedBy: AnyKey.self) {
            var values: [String: ResponseValue] = [:]
            for key in object.allKeys {
                values[key.stringValue] = try ResponseValue(from: object.superDecoder(forKey: key), mayNest: false)
            }
            self = .record(values)
        } else {
            throw Self.refusal(
                decoder, mayNest ? "a text, a list of texts or an object of those" : "a text or a list of texts")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .list(let texts): try container.encode(texts)
        case .record(let values): try container.encode(values)
        }
    }

    fileprivate static func text(from decoder: any Decoder) -> String? {
        guard let container = try? decoder.singleValueContainer() else { return nil }
        if let text = try? container.decode(String.self) { return text }
        if let truth = try? container.decode(Bool.self) { return truth ? "true" : "false" }
        return (try? container.decode(Decimal128.self))?.description
    }

    fileprivate static func refusal(_ decoder: any Decoder, _ wanted: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "must be \(wanted)"))
    }

    /// An element of a list.
    private struct Text: Decodable {
        let value: String

        init(from decoder: any Decoder) throws {
            guard let text = ResponseValue.text(from: decoder) else {
                throw ResponseValue.refusal(decoder, "a text")
            }
            value = text
        }
    }
}
