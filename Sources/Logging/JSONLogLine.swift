/// Renders a log line as one JSON object. All strings are escaped: nothing a job says can begin a new line or field.
public enum JSONLogLine {
    /// A number and what stands around a field.
    private static let bytesBeside = 40
    /// What an escape may have more than the byte that it stands for: `\u0000`.
    private static let escapeBytes = 5

    public static func bytes(
        _ time: String, _ level: LogLevel, _ message: String, _ fields: [LogField]
    ) -> [UInt8] {
        // Room for all of it at once: a server writes a line for each request.
        [UInt8](unsafeUninitializedCapacity: mostBytes(time, message, fields)) { bytes, count in
            var line = Line(bytes)
            line.put("{\"time\":")
            line.putString(time)
            line.put("level", .string(level.name))
            line.put("message", .string(message))
            for field in fields { line.put(field.name, field.value) }
            line.put("}\n")
            count = line.count
        }
    }

    private static func mostBytes(_ time: String, _ message: String, _ fields: [LogField]) -> Int {
        fields.reduce(4 * bytesBeside + mostBytes(time) + mostBytes(message)) { count, field in
            let text =
                switch field.value {
                case .string(let text), .verbatim(let text): mostBytes(text)
                case .integer, .number, .boolean: 0
                }
            return count + bytesBeside + mostBytes(field.name) + text
        }
    }

    private static func mostBytes(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { $0.count + escapeBytes * escapes(in: $0) }
    }

    /// Nearly none has any: all bytes are looked at without a branch for each.
    private static func escapes(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes.reduce(0) { $0 + (needsEscape($1) ? 1 : 0) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// What is written of a line, in memory that is large enough.
    private struct Line {
        private let bytes: UnsafeMutableBufferPointer<UInt8>
        private(set) var count = 0

        init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func put(_ name: String, _ value: LogValue) {
            put(UInt8(ascii: ","))
            putString(name)
            put(UInt8(ascii: ":"))
            switch value {
            case .string(let string), .verbatim(let string): putString(string)
            case .integer(let number): put(String(number))
            case .number(let number): put(number.isFinite ? "\(number)" : "null")
            case .boolean(let flag): put(flag ? "true" : "false")
            }
        }

        mutating func putString(_ string: String) {
            var string = string
            put(UInt8(ascii: "\""))
            string.withUTF8 { text in
                guard escapes(in: text) > 0 else { return put(text) }
                for byte in text { if needsEscape(byte) { putEscape(of: byte) } else { put(byte) } }
            }
            put(UInt8(ascii: "\""))
        }

        mutating func put(_ text: String) {
            var text = text
            text.withUTF8 { put($0) }
        }

        private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
            count = UnsafeMutableBufferPointer(rebasing: bytes[count...]).initialize(fromContentsOf: text) + count
        }

        private mutating func put(_ byte: UInt8) {
            bytes.initializeElement(at: count, to: byte)
            count += 1
        }

        private mutating func putEscape(of byte: UInt8) {
            put(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\n"): put(UInt8(ascii: "n"))
            case UInt8(ascii: "\t"): put(UInt8(ascii: "t"))
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
            default:
                let digits = String(byte, radix: 16)
                put("u00" + (digits.count == 1 ? "0" : "") + digits)
            }
        }
    }
}
