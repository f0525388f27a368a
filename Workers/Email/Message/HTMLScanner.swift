/// Cuts an HTML text into tags and the text between them. Forgiving: it never fails, whatever it is given.
struct HTMLScanner: Sequence, IteratorProtocol {
    enum Token: Equatable {
        /// With character references still in it.
        case text(String)
        /// The name in lower case, and all that follows it up to the `>`.
        case opening(name: String, attributes: String)
        case closing(name: String)
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ html: String) { bytes = Array(html.utf8) }

    mutating func next() -> Token? {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return text() }
            if startsComment { skip(past: "-->") } else if let tag = tag() { return tag }
        }
        return nil
    }

    private mutating func text() -> Token {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { position = end }
        return .text(string(position..<end))
    }

    /// `nil` for what shows nothing: a doctype, a stray `<>`.
    private mutating func tag() -> Token? {
        let start = position + 1
        let end = tagEnd(from: start)
        position = Swift.min(end + 1, bytes.count)
        let isClosing = start < end && bytes[start] == UInt8(ascii: "/")
        let name = bytes[(isClosing ? start + 1 : start)..<end].prefix { $0.isASCIIAlphanumeric }
        guard !name.isEmpty else { return nil }
        let lowercased = string(name.startIndex..<name.endIndex).lowercased()
        return isClosing
            ? .closing(name: lowercased) : .opening(name: lowercased, attributes: string(name.endIndex..<end))
    }

    /// The `>` that ends a tag, not one within a quoted attribute.
    private func tagEnd(from start: Int) -> Int {
        var quote: UInt8?
        for index in start..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        return bytes.count
    }

    private var startsComment: Bool { bytes[position...].starts(with: "<!--".utf8) }

    private mutating func skip(past pattern: StaticString) {
        let pattern = Array("\(pattern)".utf8)
        while position < bytes.count, !bytes[position...].starts(with: pattern) { position += 1 }
        position = Swift.min(position + pattern.count, bytes.count)
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
