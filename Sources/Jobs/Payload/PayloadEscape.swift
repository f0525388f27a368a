/// The escape sequences of JSON strings, for the scanner that checks them and for the text made of them.
enum PayloadEscape {
    /// What a backslash and this letter stand for.
    static func byte(for letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): UInt8(ascii: "\n")
        case UInt8(ascii: "r"): UInt8(ascii: "\r")
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        default: nil
        }
    }

    /// The character of a `\u` sequence, or of the two sequences of a surrogate pair, and the bytes they take.
    static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> (Unicode.Scalar, length: Int)? {
        guard let first = codeUnit(in: bytes, at: place) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard UTF16.isLeadSurrogate(first), let second = codeUnit(in: bytes, at: place + 6),
            UTF16.isTrailSurrogate(second)
        else { return nil }
        return (UTF16.decode(UTF16.EncodedScalar([first, second])), 12)
    }

    /// Writes the characters of a string the scanner has checked into a buffer at least as long, and returns how many
    /// bytes they took.
    static func write(_ text: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var source = 0
        var target = 0
        while source < text.count {
            if text[source] != UInt8(ascii: "\\") {
                buffer[target] = text[source]
                (source, target) = (source + 1, target + 1)
            } else if let (scalar, length) = scalar(in: text, at: source) {
                for byte in UTF8.encode(scalar).unsafelyUnwrapped {
                    buffer[target] = byte
                    target += 1
                }
                source += length
            } else {
                buffer[target] = byte(for: text[source + 1]) ?? 0
                (source, target) = (source + 2, target + 1)
            }
        }
        return target
    }

    /// Reads `\u` and four hexadecimal digits.
    private static func codeUnit(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt16? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt16 = 0
        for index in place + 2..<place + 6 {
            guard let digit = hexadecimalDigit(bytes[index]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
