/// A line of a screen: texts, some of them in a colour.
package struct ScreenLine: Sendable, Equatable {
    package enum Tone: String, Sendable {
        case plain = ""
        case strong = "1"
        case faint = "2"
        case good = "32"
        case warning = "33"
        case bad = "31"
    }

    private struct Part: Sendable, Equatable {
        let text: String
        let tone: Tone
    }

    private var parts: [Part] = []

    package init(_ text: String = "", _ tone: Tone = .plain) { add(text, tone) }

    package mutating func add(_ text: String, _ tone: Tone = .plain) {
        if !text.isEmpty { parts.append(Part(text: Self.printable(text), tone: tone)) }
    }

    /// Without colours.
    package var text: String { parts.map(\.text).joined() }

    /// What a terminal is sent: no wider than it is.
    package func rendered(width: Int, hasColours: Bool) -> String {
        var (rest, line) = (width, "")
        for part in parts where rest > 0 {
            let text = String(part.text.prefix(rest))
            rest -= text.count
            line += hasColours && part.tone != .plain ? "\u{1B}[\(part.tone.rawValue)m\(text)\u{1B}[0m" : text
        }
        return line
    }

    /// What comes from Redis is shown, and never a command to the terminal. A letter that may be two columns wide would move
    /// what is right of it.
    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { scalar in isNarrow(scalar) ? Character(scalar) : "?" })
    }

    private static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Latin; dashes and quotation marks; the bars of sparklines.
        case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x250, 0x2010..<0x2027, 0x2581..<0x2589: true
        default: false
        }
    }
}
