/// Writes XML, an element a line.
struct XMLWriter {
    private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    private var depth = 0

    /// An element with what `body` writes in it; without one, or when it writes nothing, an empty element.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout XMLWriter) -> Void
    ) {
        open(name, attributes, ">\n")
        depth += 1
        body(&self)
        depth -= 1
        text += indentation + "</\(name)>\n"
    }

    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text content: String) {
        open(name, attributes, ">")
        text += Self.escaped(content) + "</\(name)>\n"
    }

    /// - Parameter markup: XML as it is to stand there.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], markup: String) {
        open(name, attributes, ">")
        text += markup + "</\(name)>\n"
    }

    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
        open(name, attributes, "/>\n")
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>, _ end: String) {
        text += indentation + "<\(name)"
        for (key, value) in attributes {
            if let value { text += " \(key)=\"\(Self.escaped(value))\"" }
        }
        text += end
    }

    private var indentation: String { String(repeating: "  ", count: depth) }

    /// Control characters have no place in XML; they are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\r": result += "&#13;"
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
