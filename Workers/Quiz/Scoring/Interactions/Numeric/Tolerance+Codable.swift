import Decimals

extension Tolerance: Codable {
    private enum CodingKeys: CodingKey, CaseIterable { case absolute, relative, geometric, significantFigures, places }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        let written = try decoder.container(keyedBy: CodingKeys.self).allKeys
        guard let kind = written.first, written.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must have exactly one key, such as absolute"))
        }
        switch kind {
        case .absolute: self = .absolute(try fields.required(kind))
        case .relative: self = .relative(try fields.required(kind))
        case .geometric: self = .geometric(try fields.required(kind))
        case .significantFigures: self = .significantFigures(try fields.required(kind))
        case .places: self = .places(try fields.required(kind))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .absolute(let size): try container.encode(size, forKey: .absolute)
        case .relative(let size): try container.encode(size, forKey: .relative)
        case .geometric(let size): try container.encode(size, forKey: .geometric)
        case .significantFigures(let figures): try container.encode(figures, forKey: .significantFigures)
        case .places(let places): try container.encode(places, forKey: .places)
        }
    }
}
