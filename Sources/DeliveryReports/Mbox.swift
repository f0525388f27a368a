/// Messages of a file: one (`.eml`), or many one after another (mbox, RFC 4155).
public enum Mbox {
    /// Splits at the lines that begin with `From `; a file without one is one message.
    public static func messages(in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        guard isSeparator(bytes[...]) else { return bytes.isEmpty ? [] : [bytes[...]] }
        var messages: [ArraySlice<UInt8>] = []
        var (start, line, isBlank) = (0, 0, true)
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            if isBlank, isSeparator(bytes[line..<end]) {
                if line > start { messages.append(bytes[start..<line]) }
                start = end
            }
            isBlank = bytes[line..<end].allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            line = end
        }
        if start < bytes.count { messages.append(bytes[start...]) }
        return messages
    }

    private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool { line.starts(with: "From ".utf8) }
}
