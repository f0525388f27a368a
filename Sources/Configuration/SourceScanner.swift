import FoundationEssentials

/// Finds where each setting of a JSON5 text stands, for messages that name the line.
///
/// It knows the shape of JSON5 only: braces, names, commas, comments. What a value means is `JSONDecoder`'s to say. It
/// refuses the few things JSON5 allows and the decoder does not: letters outside ASCII in a name without quotes, and
/// other spaces than those of ASCII.
struct SourceScanner {
    private(set) var places: [SettingPath: Source.Place] = [:]
    /// Names that are written twice in one object.
    private(set) var duplicates: [SyntaxMistake] = []

    private let text: [UInt8]
    private var index = 0
    private var line = 1

    private init(_ text: [UInt8]) { self.text = text }

    /// Deeper than any configuration, and far from the end of the stack.
    private static let deepest = 32

    /// - Throws: the first place where the text is not an object of JSON5.
    static func scan(_ text: [UInt8]) throws(SyntaxMistake) -> SourceScanner {
        var scanner = SourceScanner(text)
        try scanner.skipBlanks()
        guard scanner.byte == UInt8(ascii: "{") else {
            throw scanner.mistake("the file must hold one object; begin it with '{' and end it with '}'.")
        }
        try scanner.value(at: [], line: scanner.line)
        try scanner.skipBlanks()
        guard scanner.byte == nil else {
            throw scanner.mistake("text follows the last '}'; remove it or move it inside.")
        }
        return scanner
    }

    // MARK: Shapes

    private mutating func value(at path: SettingPath, line settingLine: Int) throws(SyntaxMistake) {
        let start = index
        switch byte {
        case UInt8(ascii: "{"): try object(at: path)
        case UInt8(ascii: "["): try list(at: path)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
        default: try word()
        }
        places[path] = Source.Place(line: settingLine, value: start..<index)
    }

    private mutating func object(at path: SettingPath) throws(SyntaxMistake) {
        let opening = try open(path)
        var lines: [String: Int] = [:]
        while byte != UInt8(ascii: "}") {
            let nameLine = line
            let name = try name(opening: opening)
            if let first = lines.updateValue(nameLine, forKey: name) { refuse(name, on: nameLine, alreadyOn: first) }
            try skipBlanks()
            guard byte == UInt8(ascii: ":") else {
                throw SyntaxMistake(line: nameLine, message: "a colon is missing after a name; write name: value.")
            }
            index += 1
            try skipBlanks()
            try value(at: path + [name], line: nameLine)
            try separator(before: UInt8(ascii: "}"), opening: opening)
        }
        index += 1
    }

    private mutating func list(at path: SettingPath) throws(SyntaxMistake) {
        let opening = try open(path)
        var count = 0
        while byte != UInt8(ascii: "]") {
            guard byte != nil else { throw unclosed("[", opening) }
            try value(at: path + ["\(count)"], line: line)
            try separator(before: UInt8(ascii: "]"), opening: opening)
            count += 1
        }
        index += 1
    }

    /// - Returns: the line of the opening brace or bracket.
    private mutating func open(_ path: SettingPath) throws(SyntaxMistake) -> Int {
        guard path.count < Self.deepest else { throw mistake("objects and lists are nested too deeply; flatten them.") }
        let opening = line
        index += 1
        try skipBlanks()
        return opening
    }

    private mutating func separator(before closing: UInt8, opening: Int) throws(SyntaxMistake) {
        let end = line
        try skipBlanks()
        switch byte {
        case UInt8(ascii: ","):
            index += 1
            try skipBlanks()
        case closing: break
        case nil: throw unclosed(closing == UInt8(ascii: "}") ? "{" : "[", opening)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            let wanted = Character(Unicode.Scalar(closing))
            throw mistake("the wrong bracket closes what line \(opening) opened; write '\(wanted)'.")
        default:
            throw SyntaxMistake(
                line: end, message: "a comma is missing after this value, or quotes around it; add what is missing.")
        }
    }

    private mutating func refuse(_ name: String, on line: Int, alreadyOn first: Int) {
        let message = "\(shown(name)) is already set on line \(first); keep one of the two."
        duplicates.append(SyntaxMistake(line: line, message: message))
    }

    // MARK: Words

    private mutating func name(opening: Int) throws(SyntaxMistake) -> String {
        let start = index
        switch byte {
        case nil: throw unclosed("{", opening)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            try quoted()
            return try unquoted(text[start..<index])
        default:
            while let byte, Self.isWordByte(byte) { index += 1 }
            let name = text[start..<index]
            guard let first = name.first else { throw mistake("a name is missing here; write name: value.") }
            guard !Self.isNumberByte(first), name.allSatisfy(Self.isNameByte) else {
                throw mistake("this name needs quotes; write \"name\": value.")
            }
            return String(decoding: name, as: UTF8.self)
        }
    }

    /// The name between quotes, with its escapes resolved as the decoder does.
    private func unquoted(_ literal: ArraySlice<UInt8>) throws(SyntaxMistake) -> String {
        let inner = literal.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        guard let name = try? decoder.decode(String.self, from: Data(literal)) else {
            throw mistake("this name holds a wrong escape; write it without a backslash.")
        }
        return name
    }

    private mutating func quoted() throws(SyntaxMistake) {
        let (quote, opening) = (byte, line)
        index += 1
        while byte != quote {
            let isEscaped = byte == UInt8(ascii: "\\")
            if isEscaped { index += text[index...].starts(with: "\\\r\n".utf8) ? 2 : 1 }
            guard let byte, isEscaped || byte != UInt8(ascii: "\n") else {
                throw SyntaxMistake(line: opening, message: "this text has no end; close it with its first quote.")
            }
            advance()
        }
        index += 1
    }

    /// A number, `true`, `false` or `null`. A malformed number is left for the decoder, which knows it by its path,
    /// unless the decoder would give up on the whole file.
    private mutating func word() throws(SyntaxMistake) {
        let start = index
        while let byte, Self.isWordByte(byte) { index += 1 }
        let word = text[start..<index]
        guard let first = word.first else { throw mistake("a value is missing here, or quotes around it.") }
        if Self.isNumberByte(first), word.contains(UInt8(ascii: "_")) || word.contains(UInt8(ascii: "$")) {
            throw mistake("a number holds digits only; remove '_' and '$'.")
        }
        guard Self.isNumberByte(first) || Self.words.contains(where: { word.elementsEqual($0.utf8) }) else {
            throw mistake("this value needs quotes; only numbers, true, false and null do without.")
        }
    }

    private static let words = ["true", "false", "null", "Infinity", "NaN"]

    // MARK: Bytes

    private var byte: UInt8? { index < text.count ? text[index] : nil }

    private mutating func advance() {
        if byte == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    /// Moves over spaces and comments.
    private mutating func skipBlanks() throws(SyntaxMistake) {
        while let byte {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            case UInt8(ascii: "/"): try skipComment()
            case 0x80...: throw mistake("a letter, space or quote that is not ASCII stands outside quotes; retype it.")
            default: return
            }
        }
    }

    private mutating func skipComment() throws(SyntaxMistake) {
        let opening = line
        index += 1
        switch byte {
        case UInt8(ascii: "/"):
            // A carriage return alone ends the comment too, though not the line of a message.
            while let byte, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { index += 1 }
        case UInt8(ascii: "*"):
            index += 1
            while !text[index...].starts(with: "*/".utf8) {
                guard byte != nil else {
                    throw SyntaxMistake(line: opening, message: "this comment has no end; add '*/'.")
                }
                advance()
            }
            index += 2
        default: throw mistake("a lone '/' stands here; begin a comment with '//' or remove it.")
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
        default: false
        }
    }

    /// Whether a number may begin with this byte.
    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private func mistake(_ message: String) -> SyntaxMistake { SyntaxMistake(line: line, message: message) }

    private func unclosed(_ bracket: Character, _ opening: Int) -> SyntaxMistake {
        let closing = bracket == "{" ? "}" : "]"
        return SyntaxMistake(line: opening, message: "this '\(bracket)' is never closed; add '\(closing)'.")
    }
}
