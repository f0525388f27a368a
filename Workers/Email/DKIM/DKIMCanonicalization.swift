/// The form in which mail is signed: changes that servers make on the way do not show in it (`relaxed`, RFC 6376, 3.4).
enum DKIMCanonicalization {
    /// Appends `name:value` without its line break: the name in lower case, the value on one line, white space as one
    /// blank and none at its ends.
    static func append(field: ArraySlice<UInt8>, to output: inout [UInt8]) {
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return }
        for byte in field[..<colon] where !isWhitespace(byte) {
            output.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
        }
        output.append(UInt8(ascii: ":"))
        let start = output.count
        var isBlankOwed = false
        for byte in field[(colon + 1)...] {
            if isWhitespace(byte) {
                isBlankOwed = true
                continue
            }
            if isBlankOwed, output.count > start { output.append(UInt8(ascii: " ")) }
            isBlankOwed = false
            output.append(byte)
        }
    }

    /// The body with white space as one blank, none at the ends of lines, and no empty lines at its end.
    /// - Parameter body: every line ends in CRLF.
    static func body(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(body.count)
        var emptyLines = 0
        var rest = body
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex - 1
            let lineStart = output.count
            for _ in 0..<emptyLines { output += "\r\n".utf8 }
            let contentStart = output.count
            append(line: rest[...end], to: &output)
            if output.count == contentStart {
                output.removeLast(contentStart - lineStart)
                emptyLines += 1
            } else {
                output += "\r\n".utf8
                emptyLines = 0
            }
            rest = rest[(end + 1)...]
        }
        return output
    }

    private static func append(line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var isBlankOwed = false
        for byte in line {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                isBlankOwed = true
            } else if byte != UInt8(ascii: "\r"), byte != UInt8(ascii: "\n") {
                if isBlankOwed { output.append(UInt8(ascii: " ")) }
                isBlankOwed = false
                output.append(byte)
            }
        }
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
