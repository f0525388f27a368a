/// Takes a number out of what a learner typed.
struct NumberScanner {
    private let characters: [Character]
    private var place = 0

    private static let longest = 200

    init(_ text: String) {
        characters = text.utf8.count > 8 * Self.longest ? [] : Array(text.prefix(Self.longest + 1))
    }

    mutating func scan() -> (digits: String, unit: String)? {
        guard characters.count <= Self.longest else { return nil }
        let before = prefix { !Self.startsNumber($0) }
        guard let mantissa = mantissa() else { return nil }
        let exponent = exponent()
        let after = trimmed(String(characters[place...]))
        // A unit is on one side: £12, 12 £.
        guard before.isEmpty || after.isEmpty else { return nil }
        return (mantissa + (exponent.map { "e\($0)" } ?? ""), before.isEmpty ? after : before)
    }

    private static func startsNumber(_ character: Character) -> Bool {
        isDigit(character) || isSign(character) || character == "." || character == ","
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    private static func isMinus(_ character: Character) -> Bool { character == "-" || character == "\u{2212}" }
    private static func isSign(_ character: Character) -> Bool { isMinus(character) || character == "+" }

    private mutating func prefix(while isPart: (Character) -> Bool) -> String {
        let start = place
        while place < characters.count, isPart(characters[place]) { place += 1 }
        return trimmed(String(characters[start..<place]))
    }

    private func trimmed(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    private mutating func sign() -> String {
        guard place < characters.count, Self.isSign(characters[place]) else { return "" }
        defer { place += 1 }
        return Self.isMinus(characters[place]) ? "-" : ""
    }

    // MARK: Digits

    private mutating func mantissa() -> String? {
        let sign = sign()
        var written: [Character] = []
        while place < characters.count {
            let character = characters[place]
            if Self.isDigit(character) || character == "." || character == "," {
                written.append(character)
            } else if !(isThousandsSpace(character) && !written.isEmpty) {
                break
            }
            place += 1
        }
        return Self.plain(written).map { sign + $0 }
    }

    /// A space with a digit on either side.
    private func isThousandsSpace(_ character: Character) -> Bool {
        let isSpace = character == " " || character == "\u{A0}" || character == "\u{202F}" || character == "'"
        guard isSpace, place > 0, place + 1 < characters.count else { return false }
        return Self.isDigit(characters[place - 1]) && Self.isDigit(characters[place + 1])
    }

    /// Digits with one point at most.
    private static func plain(_ written: [Character]) -> String? {
        guard let separator = written.last(where: { !isDigit($0) }) else {
            return written.isEmpty ? nil : String(written)
        }
        let other: Character = separator == "." ? "," : "."
        if written.count(where: { $0 == separator }) > 1 {
            // Thousands, and nothing else.
            return written.contains(other) ? nil : String(written.filter(isDigit))
        }
        let kept = written.filter { $0 != other }.map { $0 == separator ? "." : $0 }
        return kept.contains(where: isDigit) ? String(kept) : nil
    }

    // MARK: Exponents

    /// `e5`, `E-5`, `x10^5`, `×10^5`, `*10**5`.
    private mutating func exponent() -> String? {
        let start = place
        guard startsExponent() else {
            place = start
            return nil
        }
        let sign = sign()
        let digits = prefix(while: Self.isDigit)
        guard !digits.isEmpty else {
            place = start
            return nil
        }
        return sign + digits
    }

    private mutating func startsExponent() -> Bool {
        if take(["e"]) || take(["E"]) { return true }
        _ = prefix(while: \.isWhitespace)
        guard take(["x"]) || take(["×"]) || take(["*"]) || take(["·"]) else { return false }
        _ = prefix(while: \.isWhitespace)
        return take(["1", "0"]) && (take(["^"]) || take(["*", "*"]))
    }

    private mutating func take(_ wanted: [Character]) -> Bool {
        guard characters[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }
}
