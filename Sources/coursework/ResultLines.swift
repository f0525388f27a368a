import FoundationEssentials

/// A job's result, an object of plain values, as lines for a person.
enum ResultLines {
    static func of(_ json: String?) -> [String] {
        guard let json, let object = try? JSONDecoder().decode([String: PlainValue].self, from: Data(json.utf8)) else {
            return []
        }
        return object.sorted { $0.key < $1.key }.map { Terminal.printable("\($0.key): \($0.value.text)") }
    }

    private struct PlainValue: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                text = String(number)
            } else if let number = try? container.decode(Double.self) {
                text = String(number)
            } else if let flag = try? container.decode(Bool.self) {
                text = String(flag)
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}
