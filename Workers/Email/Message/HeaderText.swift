import FoundationEssentials

/// Text in header fields: what may stand there as it is, and how everything else is written (RFC 5322, RFC 2047).
enum HeaderText {
    /// Whether the text would end its header field, and so begin another of the sender's choice.
    static func breaksHeaders(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
    }

    /// Words that may be put on separate lines, for a field of free text such as the subject.
    static func unstructured(_ text: String) -> [String] {
        isPlain(text) ? text.split(separator: " ").map(String.init) : encodedWords(text)
    }

    /// The same for the name before an address.
    static func phrase(_ name: String) -> [String] {
        guard isPlain(name) else { return encodedWords(name) }
        if name.utf8.allSatisfy({ isAtomByte($0) || $0 == UInt8(ascii: " ") }) {
            return name.split(separator: " ").map(String.init)
        }
        return [quoted(name)]
    }

    /// Letters of an unquoted word (`atext` in RFC 5322).
    static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: atomPunctuation.contains(byte)
        }
    }

    private static let atomPunctuation = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    /// Printable ASCII in words of bearable length, one space between them: the form that folding cannot change.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
                .allSatisfy { (1...500).contains($0.count) }
            && !hasEncodedWordMark(Array(text.utf8))
    }

    /// `=?` would be read as an encoded word.
    private static func hasEncodedWordMark(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == (UInt8(ascii: "="), UInt8(ascii: "?")) }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.append(character)
        }
        return quoted + "\""
    }

    /// Words of at most 64 letters, so that one fits behind any field's name on a line of 76.
    private static func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = UTF8.encode(scalar).map(Array.init) ?? []
            if word.count + bytes.count > 39 {
                words.append(encodedWord(word))
                word.removeAll()
            }
            word += bytes
        }
        return words + (word.isEmpty ? [] : [encodedWord(word)])
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }
}
