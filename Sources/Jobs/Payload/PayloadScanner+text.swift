/// Strings and numbers, letter by letter.
extension PayloadScanner {
    struct StringText {
        /// The place after the opening quote.
        let start: Int
        /// The place of the closing quote.
        let end: Int
        let isASCII: Bool
        let isEscaped: Bool
    }

    /// Reads a string from its opening quote to past its closing one.
    mutating func scanString() throws(UnfamiliarPayload) -> StringText {
        position += 1
        let start = position
        var seen: UInt8 = 0
        var isEscaped = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = StringText(start: start, end: position, isASCII: seen < 0x80, isEscaped: isEscaped)
                position += 1
                guard text.isASCII || isUnicode(from: start, to: text.end) else { throw UnfamiliarPayload() }
                return text
            }
            guard byte >= 0x20 else { throw UnfamiliarPayload() }
            seen |= byte
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                try scanEscape()
            } else {
                position += 1
            }
        }
        throw UnfamiliarPayload()
    }

    private func isUnicode(from start: Int, to end: Int) -> Bool {
        (try? UTF8Span(validating: UnsafeBufferPointer(rebasing: bytes[start..<end]).span)) != nil
    }

    private mutating func scanEscape() throws(UnfamiliarPayload) {
        guard position + 1 < bytes.count else { throw UnfamiliarPayload() }
        let letter = bytes[position + 1]
        if letter == UInt8(ascii: "u") { return try scanUnicodeEscape() }
        guard PayloadEscape.byte(for: letter) != nil else { throw UnfamiliarPayload() }
        position += 2
    }

    /// Reads one escape, or the two that make a character outside the basic plane.
    private mutating func scanUnicodeEscape() throws(UnfamiliarPayload) {
        guard let (_, length) = PayloadEscape.scalar(in: bytes, at: position) else { throw UnfamiliarPayload() }
        position += length
    }

    /// Reads a number as far as it is one; what follows is for the container to judge.
    mutating func scanNumber() throws(UnfamiliarPayload) -> PayloadEntry.Kind {
        if peek() == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") {
            position += 1
        } else {
            try scanDigits()
        }
        var kind = PayloadEntry.Kind.integer
        if peek() == UInt8(ascii: ".") {
            kind = .decimal
            position += 1
            try scanDigits()
        }
        if let letter = peek(), letter | 0x20 == UInt8(ascii: "e") {
            kind = .decimal
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try scanDigits()
        }
        return kind
    }

    private mutating func scanDigits() throws(UnfamiliarPayload) {
        let start = position
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw UnfamiliarPayload() }
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }
}
