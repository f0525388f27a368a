/// An element of an XML document.
struct XMLElement {
    enum Node {
        case element(XMLElement)
        case text(String)
    }

    /// Without its namespace's prefix.
    let name: String
    let line: Int
    /// By their names without prefixes.
    var attributes: [String: String] = [:]
    var nodes: [Node] = []
}

extension XMLElement {
    var elements: [XMLElement] {
        nodes.compactMap { node in
            if case .element(let element) = node { element } else { nil }
        }
    }

    func first(_ name: String) -> XMLElement? { elements.first { $0.name == name } }
    func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

    /// All elements below it, as they come.
    var descendants: [XMLElement] { elements.flatMap { [$0] + $0.descendants } }

    /// All text in it, as it stands.
    var text: String {
        nodes.map { node in
            switch node {
            case .element(let element): element.text
            case .text(let text): text
            }
        }.joined()
    }

    /// All text in it, white space taken together.
    var words: String { text.words }
}

extension StringProtocol {
    /// White space taken together.
    var words: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
