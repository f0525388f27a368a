/// Renders a log line as one JSON object. All strings are escaped: nothing a job says can begin a new line or field.
public enum JSONLogLine {
    public static func append(
        _ time: String, _ level: LogLevel, _ message: String, _ fields: [LogField], to line: inout [UInt8]
    ) {
        line += Array("{\"time\":".utf8)
        appendString(time, to: &line)
        append("level", .string(level.name), to: &line)
        append("message", .string(message), to: &line)
        for field in fields { append(field.name, field.value, to: &line) }
        line += Array("}\n".utf8)
    }

    private static func append(_ name: String, _ value: LogValue, to line: inout [UInt8]) {
        line.append(UInt8(ascii: ","))
        appendString(name, to: &line)
        line.append(UInt8(ascii: ":"))
        switch value {
        case .string(let string), .verbatim(let string): appendString(string, to: &line)
        case .integer(let number): line += Array(String(number).utf8)
        case .number(let number): line += Array((number.isFinite ? "\(number)" : "null").utf8)
        case .boolean(let flag): line += Array((flag ? "true" : "false").utf8)
        }
    }

    private static func appendString(_ string: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case UInt8(ascii: "\n"): line += Array("\\n".utf8)
            case UInt8(ascii: "\t"): line += Array("\\t".utf8)
            case 0..<0x20, 0x7f:
                let digits = String(byte, radix: 16)
                line += Array(("\\u00" + (digits.count == 1 ? "0" : "") + digits).utf8)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
