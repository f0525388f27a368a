/// A piece of JSON, with its keys in the order in which they were given.
package struct JSONFragment: Sendable {
    package let text: String

    private init(_ text: String) { self.text = text }

    package static func text(_ text: String) -> JSONFragment {
        JSONFragment(
            text.unicodeScalars.reduce(into: "\"") { json, scalar in
                switch scalar {
                case "\"", "\\": json += "\\\(scalar)"
                case "\n": json += "\\n"
                case _ where scalar.value < 0x20: json += "\\u" + digits(scalar.value)
                default: json.unicodeScalars.append(scalar)
                }
            } + "\"")
    }

    package static func integer(_ integer: Int) -> JSONFragment { JSONFragment("\(integer)") }

    /// - Parameter number: finite.
    static func number(_ number: Double) -> JSONFragment {
        JSONFragment(Int(exactly: number).map { "\($0)" } ?? "\(number)")
    }

    package static func array(_ elements: [JSONFragment]) -> JSONFragment {
        JSONFragment("[" + elements.map(\.text).joined(separator: ",") + "]")
    }

    /// - Parameter members: those that are nil are left out.
    package static func object(_ members: KeyValuePairs<String, JSONFragment?>) -> JSONFragment {
        object(members.map { ($0.key, $0.value) })
    }

    static func object(_ members: [(String, JSONFragment?)]) -> JSONFragment {
        let texts = members.compactMap { name, value in value.map { text(name).text + ":" + $0.text } }
        return JSONFragment("{" + texts.joined(separator: ",") + "}")
    }

    /// A schema as it is published.
    package static func document(_ schema: PayloadSchema, title: String) -> JSONFragment {
        JSONFragment(schema.json(title: title))
    }

    static let `false` = JSONFragment("false")
    static let `true` = JSONFragment("true")
    static let null = JSONFragment("null")

    private static func digits(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
