import Decimals

/// Reads a formula by recursive descent: sums of products of signed powers of atoms.
struct FormulaParser {
    private let characters: [Character]
    private var place = 0
    private var depth = 0
    private(set) var variables: Set<String> = []

    private static let longest = 1000
    private static let deepest = 40

    init(_ text: String) { characters = Array(text.prefix(Self.longest + 1)) }

    mutating func parse() throws(InvalidFormula) -> FormulaNode {
        guard characters.count <= Self.longest else {
            throw InvalidFormula("is longer than \(Self.longest) characters; write a shorter formula")
        }
        let node = try sum()
        guard let rest = peek else { return node }
        throw InvalidFormula("has '\(rest)' where an operator should be; write one of + - * / ^")
    }

    // MARK: Levels

    private mutating func sum() throws(InvalidFormula) -> FormulaNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw InvalidFormula("is nested deeper than \(Self.deepest) levels; write it flatter")
        }
        var node = try product()
        while true {
            if take("+") {
                node = .operation(.plus, node, try product())
            } else if take("-") {
                node = .operation(.minus, node, try product())
            } else {
                return node
            }
        }
    }

    private mutating func product() throws(InvalidFormula) -> FormulaNode {
        var node = try signed()
        while true {
            if take("*") {
                node = .operation(.times, node, try signed())
            } else if take("/") {
                node = .operation(.divided, node, try signed())
            } else {
                return node
            }
        }
    }

    /// A sign binds less than a power: -2^2 is -4.
    private mutating func signed() throws(InvalidFormula) -> FormulaNode {
        var isNegative = false
        while let sign = peek, sign == "-" || sign == "+" {
            place += 1
            if sign == "-" { isNegative.toggle() }
        }
        let node = try power()
        return isNegative ? .negative(node) : node
    }

    /// From the right: 2^3^2 is 2^9.
    private mutating func power() throws(InvalidFormula) -> FormulaNode {
        let base = try atom()
        guard takePower() else { return base }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw InvalidFormula("is nested deeper than \(Self.deepest) levels; write it flatter")
        }
        return .operation(.power, base, try signed())
    }

    private mutating func atom() throws(InvalidFormula) -> FormulaNode {
        guard let character = peek else { throw InvalidFormula("ends where a number or a variable should be") }
        if take("(") { return try closed(try sum()) }
        if take("{") { return try variable() }
        if Self.isDigit(character) || character == "." { return try number() }
        if character.isLetter { return try name() }
        throw InvalidFormula("has '\(character)' where a number, a variable such as {a} or a function should be")
    }

    // MARK: Atoms

    private mutating func closed(_ node: FormulaNode) throws(InvalidFormula) -> FormulaNode {
        guard take(")") else { throw InvalidFormula("has a '(' without its ')'") }
        return node
    }

    private mutating func variable() throws(InvalidFormula) -> FormulaNode {
        let name = word()
        guard !name.isEmpty, take("}") else { throw InvalidFormula("has a '{' that begins no variable such as {a}") }
        variables.insert(name)
        return .variable(name)
    }

    private mutating func number() throws(InvalidFormula) -> FormulaNode {
        let start = place
        while place < characters.count, Self.isDigit(characters[place]) || characters[place] == "." { place += 1 }
        takeExponent()
        let text = String(characters[start..<place])
        do {
            return .number(try Decimal128(text))
        } catch {
            throw InvalidFormula("has \(InvalidDocument.quoted(text)), which \(error)")
        }
    }

    /// Of `2e5` and `2E-5`, not of `2*e`.
    private mutating func takeExponent() {
        guard place < characters.count, characters[place] == "e" || characters[place] == "E" else { return }
        var end = place + 1
        if end < characters.count, characters[end] == "-" || characters[end] == "+" { end += 1 }
        guard end < characters.count, Self.isDigit(characters[end]) else { return }
        while end < characters.count, Self.isDigit(characters[end]) { end += 1 }
        place = end
    }

    private mutating func name() throws(InvalidFormula) -> FormulaNode {
        let name = word()
        if name == "pi" {
            if take("(") { guard take(")") else { throw InvalidFormula("has a '(' without its ')'") } }
            return .number(.pi)
        }
        guard let function = FormulaFunction(rawValue: name) else {
            let names = FormulaFunction.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidFormula(
                "has \(InvalidDocument.quoted(name)), which is no function; write a variable as {\(name.prefix(20))}, or one of \(names)"
            )
        }
        guard take("(") else { throw InvalidFormula("has \(name) without its arguments; write \(name)(…)") }
        var arguments = [try sum()]
        while take(",") { arguments.append(try sum()) }
        guard function.argumentCount.contains(arguments.count) else {
            throw InvalidFormula("has \(name) with \(arguments.count) arguments, which is not what it takes")
        }
        return try closed(.call(function, arguments))
    }

    // MARK: Characters

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// The next one that is not white space.
    private var peek: Character? {
        mutating get {
            while place < characters.count, characters[place].isWhitespace { place += 1 }
            return place < characters.count ? characters[place] : nil
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard peek == character else { return false }
        // `**` is a power, and no product.
        if character == "*", place + 1 < characters.count, characters[place + 1] == "*" { return false }
        place += 1
        return true
    }

    private mutating func takePower() -> Bool {
        if take("^") { return true }
        guard peek == "*", place + 1 < characters.count, characters[place + 1] == "*" else { return false }
        place += 2
        return true
    }

    private mutating func word() -> String {
        let start = place
        while place < characters.count {
            let character = characters[place]
            guard character.isASCII, character.isLetter || Self.isDigit(character) || character == "_" else { break }
            place += 1
        }
        return String(characters[start..<place])
    }
}
