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
    }

    private static let linkAttributes: Set<String> = [
        "action", "background", "cite", "data", "formaction", "href", "longdesc", "ping", "poster", "src", "xlink:href",
    ]

    private var state = State.text
    /// The attribute that is read, or was last, in lower case.
    private var name: [UInt8] = []
    private var nameHasEnded = false
    /// Whether the template itself wrote something into the attribute's value.
    private var valueHasBegun = false

    /// How a value is to be written here. Values do not change where the template stands, except that one behind `=`
    /// begins an attribute without quotes.
    mutating func escapingOfValue() -> Escaping {
        switch state {
        case .valueStart:
            state = .unquoted
            return isLink ? .link : .html
        case .quoted, .unquoted: return isLink ? (valueHasBegun ? .linkPart : .link) : .html
        case .text, .tagOpen, .tag: return .html
        }
    }

    /// Whether what is written here becomes part of a link.
    var isInLink: Bool {
        switch state {
        case .valueStart, .quoted, .unquoted: isLink
        case .text, .tagOpen, .tag: false
        }
    }

    mutating func take(_ text: some Sequence<UInt8>) { for byte in text { take(byte) } }

    private var isLink: Bool { Self.linkAttributes.contains(String(decoding: name, as: UTF8.self)) }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .text: if byte == UInt8(ascii: "<") { state = .tagOpen }
        case .tagOpen:
            state = Self.isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") ? .tag : .text
            name = []
        case .tag: takeInTag(byte)
        case .valueStart: takeValueStart(byte)
        case .quoted(let quote): if byte == quote { endValue() } else { valueHasBegun = true }
        case .unquoted:
            if Self.isSpace(byte) {
                endValue()
            } else if byte == UInt8(ascii: ">") {
                state = .text
            } else {
                valueHasBegun = true
            }
        }
    }

    private mutating func takeInTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ">"): state = .text
        case UInt8(ascii: "="): state = .valueStart
        case _ where Self.isSpace(byte): nameHasEnded = true
        default:
            if nameHasEnded { name = [] }
            nameHasEnded = false
            name.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
        }
    }

    private mutating func takeValueStart(_ byte: UInt8) {
        valueHasBegun = false
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            state = .quoted(by: byte)
        } else if byte == UInt8(ascii: ">") {
            state = .text
        } else if !Self.isSpace(byte) {
            state = .unquoted
            valueHasBegun = true
        }
    }

    private mutating func endValue() {
        state = .tag
        name = []
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
