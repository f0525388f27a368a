/// Where in an HTML document a template stands, as far as it matters for the values written there: between tags, or in
/// which attribute. It reads the template's own text only, and forgives what is no HTML.
struct HTMLContext {
    private enum State {
        case text
        /// Behind a `<`.
        case tagOpen
        case tag
        /// Behind an attribute's `=`.
        case valueStart
        case quoted(by: UInt8)
        case unquoted
        /// In an element whose text is no HTML, such as `<style>`, up to its end.
        case raw(Element)
    }

    private enum Element: String {
        case style, script
    }

    private static let linkAttributes: Set<String> = [
        "action", "background", "cite", "data", "formaction", "href", "longdesc", "ping", "poster", "src", "xlink:href",
    ]

    /// Lists of links, and documents: no escaping of a value keeps them what they are.
    private static let closedAttributes: Set<String> = ["srcset", "imagesrcset", "srcdoc"]

    private var state = State.text
    /// The element whose tag is read, or was last, in lower case.
    private var element: [UInt8] = []
    /// The attribute that is read, or was last, in lower case.
    private var name: [UInt8] = []
    private var nameHasEnded = false
    /// Whether the template itself wrote something into the attribute's value.
    private var valueHasBegun = false
    /// How many parentheses of a style are open.
    private var parentheses = 0
    /// The last letters of an element's text, in which its end is looked for.
    private var tail: [UInt8] = []

    /// How a value is to be written here. Values do not change where the template stands, except that one behind `=`
    /// begins an attribute without quotes.
    mutating func escapingOfValue() -> Escaping {
        if case .valueStart = state { beginValue(.unquoted) }
        guard !isInStyle else { return .style }
        switch state {
        case .valueStart, .quoted, .unquoted: return isLink ? (valueHasBegun ? .linkPart : .link) : .html
        case .text, .tagOpen, .tag, .raw: return .html
        }
    }

    /// Why no value can stand here, whatever it holds; nil where one can.
    var refusalOfValue: String? {
        if case .raw(.script) = state { return "a value cannot stand in a script; write what differs outside of it." }
        if isInStyle, parentheses > 0 {
            return
                "a value cannot stand in the parentheses of a style; write all that is before them as the value's own."
        }
        guard isInAttribute else { return nil }
        let name = String(decoding: name, as: UTF8.self)
        if Self.closedAttributes.contains(name) || name.hasPrefix("on") {
            return "a value cannot stand in \(name)=; write an attribute such as src= or href=."
        }
        if !isLink, !isQuoted { return "a value cannot stand in an attribute without quotes; write \(name)=\"…\"." }
        return nil
    }

    private var isQuoted: Bool { if case .quoted = state { true } else { false } }

    /// Whether values are written here in another way than between tags.
    var isSpecial: Bool {
        if case .raw = state { return true }
        return isInStyle || isInAttribute && isLink || refusalOfValue != nil
    }

    private var isInAttribute: Bool {
        switch state {
        case .valueStart, .quoted, .unquoted: true
        case .text, .tagOpen, .tag, .raw: false
        }
    }

    private var isInStyle: Bool {
        if case .raw(.style) = state { return true }
        return isInAttribute && name.elementsEqual("style".utf8)
    }

    mutating func take(_ text: some Sequence<UInt8>) { for byte in text { take(byte) } }

    private var isLink: Bool { Self.linkAttributes.contains(String(decoding: name, as: UTF8.self)) }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .text: if byte == UInt8(ascii: "<") { state = .tagOpen }
        case .tagOpen:
            state = Self.isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") ? .tag : .text
            (element, name, nameHasEnded) = ([], [Self.lowered(byte)], false)
        case .tag: takeInTag(byte)
        case .valueStart: takeValueStart(byte)
        case .quoted(let quote): if byte == quote { endValue() } else { takeInValue(byte) }
        case .unquoted:
            if Self.isSpace(byte) {
                endValue()
            } else if byte == UInt8(ascii: ">") {
                endTag()
            } else {
                takeInValue(byte)
            }
        case .raw(let element): takeRaw(byte, in: element)
        }
    }

    private mutating func takeInValue(_ byte: UInt8) {
        valueHasBegun = true
        countParentheses(byte)
    }

    private mutating func countParentheses(_ byte: UInt8) {
        if byte == UInt8(ascii: "(") { parentheses += 1 }
        if byte == UInt8(ascii: ")") { parentheses = max(0, parentheses - 1) }
    }

    private mutating func takeRaw(_ byte: UInt8, in element: Element) {
        countParentheses(byte)
        let end = Array("</\(element.rawValue)".utf8)
        tail = tail.suffix(end.count - 1) + [Self.lowered(byte)]
        // The rest of the tag holds nothing.
        if tail == end { (state, self.element, name, nameHasEnded) = (.tag, [UInt8(ascii: "/")], [], true) }
    }

    private mutating func takeInTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ">"): endTag()
        case UInt8(ascii: "="): state = .valueStart
        case _ where Self.isSpace(byte) || byte == UInt8(ascii: "/"): endName()
        default:
            if nameHasEnded { name = [] }
            nameHasEnded = false
            name.append(Self.lowered(byte))
        }
    }

    /// The first name of a tag is the element's.
    private mutating func endName() {
        if element.isEmpty { element = name }
        nameHasEnded = true
    }

    private mutating func endTag() {
        endName()
        if let element = Element(rawValue: String(decoding: element, as: UTF8.self)) {
            (state, tail, parentheses) = (.raw(element), [], 0)
        } else {
            state = .text
        }
    }

    private mutating func beginValue(_ state: State) {
        (self.state, valueHasBegun, parentheses) = (state, false, 0)
    }

    private mutating func takeValueStart(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            beginValue(.quoted(by: byte))
        } else if byte == UInt8(ascii: ">") {
            endTag()
        } else if !Self.isSpace(byte) {
            beginValue(.unquoted)
            takeInValue(byte)
        }
    }

    private mutating func endValue() {
        state = .tag
        name = []
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
