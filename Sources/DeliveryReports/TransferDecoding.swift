/// What was encoded for its way (RFC 2045 §6). What is no encoding is left out or left as it is.
enum TransferDecoding {
    static func base64(_ text: some Sequence<UInt8>) -> [UInt8] {
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for byte in text {
            guard let value = sextet(byte) else { continue }
            (bits, count) = (bits << 6 | UInt32(value), count + 6)
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    static func quotedPrintable(_ lines: some Sequence<MailLines.Line>) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            let isSoft = line.last == UInt8(ascii: "=")
            bytes += hexDecoded(isSoft ? line.dropLast() : line, after: UInt8(ascii: "="))
            if !isSoft { bytes.append(UInt8(ascii: "\n")) }
        }
        return bytes
    }

    /// Bytes that stand as a mark and two digits, as they are: `=41`, or `+2B` in the xtext of RFC 3461 §4.
    static func hexDecoded(_ text: some Collection<UInt8>, after mark: UInt8) -> [UInt8] {
        let text = Array(text)
        var (bytes, index): ([UInt8], Int) = ([], 0)
        while index < text.count {
            if text[index] == mark, index + 2 < text.count, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
