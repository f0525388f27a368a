/// RFC 4648: three bytes as four letters.
enum Base64 {
    /// Lines of 76 letters, all but the last ended by CRLF (RFC 2045, 6.8).
    static func appendLines(_ source: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + source.count * 4 / 3 + source.count / 28 + 8)
        var start = 0
        while start < source.count {
            let end = min(start + bytesPerLine, source.count)
            if start > 0 { output += "\r\n".utf8 }
            append(source[start..<end], to: &output)
            start = end
        }
    }

    static func append(_ source: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var index = source.startIndex
        while index + 2 < source.endIndex {
            append(source[index], source[index + 1], source[index + 2], to: &output)
            index += 3
        }
        let rest = source.endIndex - index
        guard rest > 0 else { return }
        append(source[index], rest == 2 ? source[index + 1] : 0, 0, to: &output)
        for padding in 0..<(3 - rest) { output[output.count - 1 - padding] = UInt8(ascii: "=") }
    }

    static func text(_ source: [UInt8]) -> String {
        var letters: [UInt8] = []
        append(source[...], to: &letters)
        return String(decoding: letters, as: UTF8.self)
    }

    /// The form for URLs: `-` and `_`, nothing at the end (RFC 4648, 5).
    static func urlText(_ source: [UInt8]) -> String {
        var letters: [UInt8] = []
        append(source[...], to: &letters)
        while letters.last == UInt8(ascii: "=") { letters.removeLast() }
        for index in letters.indices {
            if letters[index] == UInt8(ascii: "+") { letters[index] = UInt8(ascii: "-") }
            if letters[index] == UInt8(ascii: "/") { letters[index] = UInt8(ascii: "_") }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Reads the form for URLs. Nil when it is not what ``urlText(_:)`` writes.
    static func bytes(urlText text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for letter in text.utf8 {
            guard let value = value(ofURLLetter: letter) else { return nil }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return urlText(bytes) == text ? bytes : nil
    }

    private static let bytesPerLine = 57

    private static func append(_ a: UInt8, _ b: UInt8, _ c: UInt8, to output: inout [UInt8]) {
        output.append(letter(a >> 2))
        output.append(letter((a & 3) << 4 | b >> 4))
        output.append(letter((b & 15) << 2 | c >> 6))
        output.append(letter(c & 63))
    }

    private static func letter(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private static func value(ofURLLetter letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
