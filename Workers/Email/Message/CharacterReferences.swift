/// `&amp;` and its kin in HTML: the ones people write by hand, and all that are numbers.
enum CharacterReferences {
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var output = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            output += rest[..<start]
            rest = rest[start...]
            guard let end = rest.prefix(12).firstIndex(of: ";"),
                let character = character(named: rest[rest.index(after: start)..<end])
            else {
                output.append(rest.removeFirst())
                continue
            }
            output += character
            rest = rest[rest.index(after: end)...]
        }
        return output + rest
    }

    private static func character(named name: Substring) -> String? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") { return scalar(UInt32(name.dropFirst(2), radix: 16)) }
        if name.hasPrefix("#") { return scalar(UInt32(name.dropFirst())) }
        return named[String(name)]
    }

    private static func scalar(_ code: UInt32?) -> String? {
        code.flatMap(Unicode.Scalar.init).map { String($0) }
    }

    private static let named = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}",
        "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
        "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "copy": "©", "reg": "®", "trade": "™", "euro": "€",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
        "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
    ]
}
