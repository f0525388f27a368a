/// An HTML text as someone without HTML reads it: paragraphs, list dashes, links with their address behind them.
struct PlainText {
    private(set) var text = ""

    private var hasPendingSpace = false
    /// Line breaks owed before the next word; none at the beginning of the text.
    private var pendingBreaks = 0
    /// The innermost element whose content nobody sees, such as `style`.
    private var hidden: String?
    private var link: Link?

    private struct Link {
        let target: String
        let label: String.Index
    }

    init(html: String) {
        for token in HTMLScanner(html) { take(token) }
        if !text.isEmpty { text += "\n" }
    }

    private mutating func take(_ token: HTMLScanner.Token) {
        switch token {
        case .closing(let name) where name == hidden: hidden = nil
        case _ where hidden != nil: break
        case .text(let source): write(CharacterReferences.decoded(source))
        case .opening(let name, let attributes): open(name, attributes)
        case .closing(let name): close(name)
        }
    }

    private mutating func open(_ name: String, _ attributes: String) {
        switch name {
        case "head", "style", "script", "title": hidden = name
        case "br": pendingBreaks += 1
        case "li":
            breakLine(1)
            write("- ")
        case "hr":
            breakLine(2)
            write("---")
            breakLine(2)
        case "img": write(Self.attribute("alt", in: attributes) ?? "")
        case "a":
            flushBreaks()
            link = Self.attribute("href", in: attributes).map { Link(target: $0, label: text.endIndex) }
        default: breakLine(Self.breaks(around: name))
        }
    }

    private mutating func close(_ name: String) {
        guard name == "a" else { return breakLine(Self.breaks(around: name)) }
        if let link, Self.isWorthShowing(link.target), !text[link.label...].contains(link.target) {
            write(" (\(link.target))")
        }
        link = nil
    }

    /// Anchors within the page lead nowhere in a text.
    private static func isWorthShowing(_ target: String) -> Bool { !target.isEmpty && !target.hasPrefix("#") }

    private static func breaks(around name: String) -> Int {
        switch name {
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre": 2
        case "div", "section", "article", "main", "header", "footer", "tr", "li", "center": 1
        default: 0
        }
    }
}

// MARK: - Writing

extension PlainText {
    private mutating func breakLine(_ breaks: Int) { pendingBreaks = max(pendingBreaks, breaks) }

    private mutating func write(_ words: String) {
        for character in words {
            if Self.collapses(character) {
                hasPendingSpace = true
            } else {
                flushBreaks()
                text.append(character)
            }
        }
    }

    /// White space of the source is one space; a no-break space was meant to stay.
    private static func collapses(_ character: Character) -> Bool {
        switch character {
        case " ", "\t", "\n", "\r", "\r\n": true
        default: false
        }
    }

    private mutating func flushBreaks() {
        if text.isEmpty {
            // Nothing to separate from.
        } else if pendingBreaks > 0 {
            text += String(repeating: "\n", count: min(pendingBreaks, 2))
        } else if hasPendingSpace {
            text += " "
        }
        pendingBreaks = 0
        hasPendingSpace = false
    }

    /// The value of a quoted attribute; unquoted ones are rare in mail and not read.
    private static func attribute(_ name: String, in attributes: String) -> String? {
        for quote in ["\"", "'"] {
            let parts = attributes.split(separator: " \(name)=\(quote)", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let end = parts[1].firstIndex(of: Character(quote)) else { continue }
            return CharacterReferences.decoded(String(parts[1][..<end]))
        }
        return nil
    }
}
