/// Renders a log line as one JSON object. All strings are escaped: nothing a job says can begin a new line or field.
public enum JSONLogLine {
    public static func append(
        _ time: String, _ level: LogLevel, _ message: String, _ fields: [LogField], to line: inout [UInt8]
    ) {
        append("{\"time\":", to: &line)
        appendString(time, to: &line)
        append("level", .string(level.name), to: &line)
        append("message", .string(message), to: &line)
        for field in fields { append(field.name, field.value, to: &line) }
        append("}\n", to: &line)
    }

    private static func append(_ name: String, _ value: LogValue, to line: inout [UInt8]) {
        line.append(UInt8(ascii: ","))
        appendString(name, to: &line)
        line.append(UInt8(ascii: ":"))
        switch value {
        case .string(let string), .verbatim(let string): appendString(string, to: &line)
        case .integer(let number): line.append(contentsOf: String(number).utf8)
        case .number(let number): line.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
        case .boolean(let flag): append(flag ? "true" : "false", to: &line)
        }
    }

    private static func append(_ text: StaticString, to line: inout [UInt8]) {
        line.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// What needs no escape is copied in pieces that are as long as can be: a line is written for each request.
    private static func appendString(_ string: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { bytes in
            var copied = 0
            for place in bytes.indices where needsEscape(bytes[place]) {
                line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<place]))
                appendEscape(of: bytes[place], to: &line)
                copied = place + 1
            }
            line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
        }
        line.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(of byte: UInt8, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): line.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\t"): line.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): line.append(byte)
        default:
            let digits = String(byte, radix: 16)
            line.append(contentsOf: ("u00" + (digits.count == 1 ? "0" : "") + digits).utf8)
        }
    }
}
