/// A message taken apart: its fields, each once, and its body.
struct MessageParts {
    private var fields: [String: ArraySlice<UInt8>] = [:]
    private(set) var body: ArraySlice<UInt8>

    /// - Parameter message: as ``MIMEBuilder`` writes it.
    init(_ message: [UInt8]) {
        body = []
        var start = 0
        while let end = Self.fieldEnd(in: message, from: start) {
            let field = message[start..<end]
            let name = String(decoding: field.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
            fields[name] = field
            start = end
            guard !message[start...].starts(with: "\r\n".utf8) else { break }
        }
        body = message[min(start + 2, message.count)...]
    }

    /// All of a field, its name and line breaks included.
    func field(_ name: String) -> ArraySlice<UInt8>? { fields[name] }

    /// Where the next field begins, or the empty line behind the last.
    private static func fieldEnd(in message: [UInt8], from start: Int) -> Int? {
        var start = start
        while let end = message[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = end + 1
            guard start < message.count else { return start }
            let isFolded = message[start] == UInt8(ascii: " ") || message[start] == UInt8(ascii: "\t")
            if !isFolded { return start }
        }
        return nil
    }
}
