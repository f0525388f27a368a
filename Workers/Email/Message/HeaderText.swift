/// Text in header fields: what may stand there as it is, and how everything else is written (RFC 5322, RFC 2047).
enum HeaderText {
    /// Whether the text would end its header field, and so begin another of the sender's choice.
    static func breaksHeaders(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
    }

    /// The words of a field of free text, such as the subject.
    static func appendUnstructured(_ text: String, to writer: inout MessageWriter) {
        if isPlain(text) { appendWords(of: text, to: &writer) } else { appendEncodedWords(text, to: &writer) }
    }

    /// The same for the name before an address.
    static func appendPhrase(_ name: String, to writer: inout MessageWriter) {
        if !isPlain(name) {
            appendEncodedWords(name, to: &writer)
        } else if name.utf8.allSatisfy({ isAtomByte($0) || $0 == UInt8(ascii: " ") }) {
            appendWords(of: name, to: &writer)
        } else {
            writer.appendWord(quoted(name).utf8)
        }
    }

    /// Letters of an unquoted word (`atext` in RFC 5322).
    static func isAtomByte(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.append(character)
        }
        return quoted + "\""
    }

    /// Printable ASCII in words of bearable length, one space between them: the form that folding cannot change. Nothing
    /// in it may look like an encoded word, `=?`.
    private static func isPlain(_ text: String) -> Bool {
        var wordLength = 0
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20...0x7E).contains(byte), !(previous == UInt8(ascii: "=") && byte == UInt8(ascii: "?")) else {
                return false
            }
            let isSpace = byte == UInt8(ascii: " ")
            guard isSpace ? wordLength > 0 : wordLength < 500 else { return false }
            wordLength = isSpace ? 0 : wordLength + 1
            previous = byte
        }
        return wordLength > 0
    }

    private static func appendWords(of text: String, to writer: inout MessageWriter) {
        for word in text.utf8.split(separator: UInt8(ascii: " ")) { writer.appendWord(word) }
    }

    /// Words of at most 64 letters, so that one fits behind any field's name on a line of 76.
    private static func appendEncodedWords(_ text: String, to writer: inout MessageWriter) {
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = UTF8.encode(scalar).map(Array.init) ?? []
            if word.count + bytes.count > 39 {
                writer.appendWord(encodedWord(word).utf8)
                word.removeAll()
            }
            word += bytes
        }
        if !word.isEmpty { writer.appendWord(encodedWord(word).utf8) }
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Base64.text(bytes))?=" }
}
