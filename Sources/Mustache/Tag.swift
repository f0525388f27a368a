/// A tag as it stands in the source.
struct Tag {
    let kind: Kind
    /// What is between the delimiters, without the sigil and surrounding white space.
    let content: String
    /// From the opening delimiter to behind the closing one.
    let range: Range<Int>

    enum Kind {
        case escaped, unescaped, triple, section, inverted, end, partial, comment, delimiters

        init(sigil: UInt8) {
            switch sigil {
            case UInt8(ascii: "&"): self = .unescaped
            case UInt8(ascii: "{"): self = .triple
            case UInt8(ascii: "#"): self = .section
            case UInt8(ascii: "^"): self = .inverted
            case UInt8(ascii: "/"): self = .end
            case UInt8(ascii: ">"): self = .partial
            case UInt8(ascii: "!"): self = .comment
            case UInt8(ascii: "="): self = .delimiters
            default: self = .escaped
            }
        }

        /// What comes before the closing delimiter: `{{{name}}}`, `{{=<% %>=}}`.
        var endingPrefix: [UInt8] {
            switch self {
            case .triple: [UInt8(ascii: "}")]
            case .delimiters: [UInt8(ascii: "=")]
            default: []
            }
        }

        /// Whether a line that holds nothing but the tag disappears from the output.
        var canStandAlone: Bool {
            switch self {
            case .escaped, .unescaped, .triple: false
            default: true
            }
        }
    }
}
