/// Reads a pattern: alternatives of sequences of repeated atoms.
struct PatternParser {
    private let characters: [Character]
    private let caseSensitive: Bool
    private var place = 0
    private var depth = 0

    private static let longest = 1000
    private static let deepest = 50

    init(_ text: String, caseSensitive: Bool) {
        // One more than may be, so that the length tells.
        characters = Array(text.prefix(Self.longest + 1))
        self.caseSensitive = caseSensitive
    }

    mutating func parse() throws(InvalidPattern) -> PatternNode {
        try checkLength()
        // The whole text is matched in any case.
        if peek == "^" { place += 1 }
        let node = try alternatives()
        guard peek == nil else { throw InvalidPattern("has a ')' without its '('; write '\\)' for the character") }
        return node
    }

    mutating func parseWildcards() throws(InvalidPattern) -> PatternNode {
        try checkLength()
        var parts: [PatternNode] = []
        while let character = next() {
            if character == "*" {
                parts.append(.repeated(.take(.any), least: 0, most: nil))
            } else {
                let isEscaped = character == "\\" && (peek == "*" || peek == "\\")
                parts.append(literal(isEscaped ? next() ?? character : character))
            }
        }
        return .sequence(parts)
    }

    private func checkLength() throws(InvalidPattern) {
        guard characters.count <= Self.longest else {
            throw InvalidPattern("is longer than \(Self.longest) characters; write a shorter pattern")
        }
    }

    private var peek: Character? { place < characters.count ? characters[place] : nil }

    private mutating func next() -> Character? {
        guard let character = peek else { return nil }
        place += 1
        return character
    }

    private mutating func take(_ character: Character) -> Bool {
        guard peek == character else { return false }
        place += 1
        return true
    }

    private mutating func alternatives() throws(InvalidPattern) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw InvalidPattern("is nested deeper than \(Self.deepest) groups; write fewer")
        }
        var ways = [try sequence()]
        while take("|") { ways.append(try sequence()) }
        return ways.count == 1 ? ways[0] : .either(ways)
    }

    private mutating func sequence() throws(InvalidPattern) -> PatternNode {
        var parts: [PatternNode] = []
        while let character = peek, character != "|", character != ")" {
            place += 1
            if character == "$", peek == nil { break }
            parts.append(try repeated(atom(character)))
        }
        return parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func atom(_ character: Character) throws(InvalidPattern) -> PatternNode {
        switch character {
        case "(": return try group()
        case "[": return .take(try characterClass())
        case ".": return .take(.any)
        case "\\": return try escape()
        case "*", "+", "?", "{":
            throw InvalidPattern(
                "has '\(character)' with nothing before it to repeat; write '\\\(character)' for the character")
        case "^", "$":
            throw InvalidPattern(
                "has '\(character)' within; the whole answer is matched, so leave it out or write '\\\(character)'")
        default: return literal(character)
        }
    }

    private mutating func group() throws(InvalidPattern) -> PatternNode {
        if take("?") {
            guard take(":") else {
                throw InvalidPattern("has '(?', which looks around or sets options; only plain groups are possible")
            }
        }
        let node = try alternatives()
        guard take(")") else { throw InvalidPattern("has a '(' without its ')'; write '\\(' for the character") }
        return node
    }

    // MARK: Repetitions

    private mutating func repeated(_ node: PatternNode) throws(InvalidPattern) -> PatternNode {
        let range: (least: Int, most: Int?)
        switch peek {
        case "*": range = (0, nil)
        case "+": range = (1, nil)
        case "?": range = (0, 1)
        case "{": range = try braces()
        default: return node
        }
        place += 1
        // Lazy and greedy are the same where the whole text is matched.
        _ = take("?")
        if let again = peek, "*+?{".contains(again) {
            throw InvalidPattern("repeats a repetition with '\(again)'; put the inner one in a group")
        }
        return .repeated(node, least: range.least, most: range.most)
    }

    /// Leaves the closing brace.
    private mutating func braces() throws(InvalidPattern) -> (least: Int, most: Int?) {
        place += 1
        let least = number()
        let hasComma = take(",")
        let most = hasComma ? number() : least
        guard let least, peek == "}", (most ?? least) >= least, most != nil || hasComma else {
            throw InvalidPattern("has a '{' that is no repetition such as {2} or {2,5}; write '\\{' for the character")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let digit = peek, ("0"..."9").contains(digit), digits.utf8.count < 4 {
            digits.append(digit)
            place += 1
        }
        return Int(digits)
    }

    // MARK: Characters

    private func literal(_ character: Character) -> PatternNode {
        guard !caseSensitive else { return .take(.one(character)) }
        let folded = ComparableText.folded(String(character))
        let parts = folded.map { PatternNode.take(.one($0)) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func escape() throws(InvalidPattern) -> PatternNode {
        guard let character = next() else { throw InvalidPattern("ends with '\\'; write '\\\\' for the character") }
        if let kind = Self.named(character) { return .take(kind) }
        guard !character.isLetter, !character.isNumber else {
            throw InvalidPattern(
                "has '\\\(character)', which is not possible here; only \\d \\w \\s \\D \\W \\S and escaped signs are")
        }
        return literal(character)
    }

    private static func named(_ character: Character) -> CharacterKind? {
        switch character {
        case "d": .digit
        case "w": .word
        case "s": .space
        case "D": .not(.digit)
        case "W": .not(.word)
        case "S": .not(.space)
        default: nil
        }
    }

    private mutating func characterClass() throws(InvalidPattern) -> CharacterKind {
        let isNegated = take("^")
        var kinds: [CharacterKind] = []
        while let character = next() {
            if character == "]", !kinds.isEmpty { return isNegated ? .not(.anyOf(kinds)) : .anyOf(kinds) }
            kinds.append(try member(character))
        }
        throw InvalidPattern("has a '[' without its ']'; write '\\[' for the character")
    }

    private mutating func member(_ character: Character) throws(InvalidPattern) -> CharacterKind {
        if character == "\\", let escaped = peek, let kind = Self.named(escaped) {
            place += 1
            return kind
        }
        let first = try single(character)
        guard peek == "-", place + 1 < characters.count, characters[place + 1] != "]" else { return .one(first) }
        place += 1
        let last = try single(next() ?? "-")
        guard first <= last else {
            throw InvalidPattern("has the range '\(first)-\(last)', which is the wrong way round")
        }
        return .range(first, last)
    }

    private mutating func single(_ character: Character) throws(InvalidPattern) -> Character {
        var character = character
        if character == "\\" {
            guard let escaped = next(), !escaped.isLetter, !escaped.isNumber else {
                throw InvalidPattern("has a '\\' in brackets that escapes no sign; write '\\\\' for the character")
            }
            character = escaped
        }
        guard !caseSensitive else { return character }
        let folded = ComparableText.folded(String(character))
        return folded.count == 1 ? Character(folded) : character
    }
}
