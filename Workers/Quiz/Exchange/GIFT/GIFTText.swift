/// The control characters of GIFT: `~ = # { } :` and the backslash that takes their meaning away.
enum GIFTText {
    private static let controls: Set<Character> = ["~", "=", "#", "{", "}", ":", "\\"]

    /// With the escaped characters for themselves; `\n` is a new line.
    static func plain(_ text: some StringProtocol) -> String {
        var (result, isEscaped) = ("", false)
        for character in text {
            if isEscaped {
                result += character == "n" ? "\n" : controls.contains(character) ? String(character) : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return (isEscaped ? result + "\\" : result).trimmed
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if character.isNewline {
                result += "\\n"
            } else {
                result += controls.contains(character) ? "\\\(character)" : String(character)
            }
        }
    }

    /// The first place of a character that is not escaped.
    static func firstIndex(of wanted: Character, in text: Substring) -> Substring.Index? {
        var isEscaped = false
        for index in text.indices {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\" {
                isEscaped = true
            } else if text[index] == wanted {
                return index
            }
        }
        return nil
    }

    /// Splits at every one of the characters that is not escaped; each part begins with it.
    static func parts(of text: Substring, beginningWith marks: Set<Character>) -> [Substring] {
        var (parts, start, isEscaped): ([Substring], Substring.Index?, Bool) = ([], nil, false)
        for index in text.indices {
            if isEscaped { isEscaped = false; continue }
            if text[index] == "\\" { isEscaped = true }
            guard marks.contains(text[index]) else { continue }
            if let start { parts.append(text[start..<index]) }
            start = index
        }
        if let start { parts.append(text[start...]) }
        return parts
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
