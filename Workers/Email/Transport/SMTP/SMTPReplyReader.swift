/// Takes replies out of the bytes that a server sends, and bounds what it may send. Pure.
///
/// A line has at most 512 bytes with its end (RFC 5321 §4.5.3.1.5), and here a reply at most 100 lines.
struct SMTPReplyReader {
    /// What no mail server says.
    enum Mistake: Error, Equatable {
        case unreadable, lineTooLong, tooManyLines
    }

    static let mostLineBytes = 512
    static let mostLines = 100

    private var bytes: [UInt8] = []
    private var begin = 0
    private var lines: [String] = []

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.removeFirst(begin)
        begin = 0
        bytes.append(contentsOf: more)
    }

    /// The next reply that is complete; nil when more bytes are needed.
    mutating func next() throws(Mistake) -> SMTPReply? {
        while let line = try nextLine() {
            let isLast = try Self.isLast(line, after: lines.first)
            guard lines.count < Self.mostLines else { throw .tooManyLines }
            lines.append(line)
            guard isLast else { continue }
            defer { lines = [] }
            return SMTPReply(lines: lines)
        }
        return nil
    }

    private mutating func nextLine() throws(Mistake) -> String? {
        guard let end = bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) else {
            guard bytes.count - begin < Self.mostLineBytes else { throw .lineTooLong }
            return nil
        }
        guard end - begin < Self.mostLineBytes else { throw .lineTooLong }
        let hasReturn = end > begin && bytes[end - 1] == UInt8(ascii: "\r")
        defer { begin = end + 1 }
        return String(decoding: bytes[begin..<(hasReturn ? end - 1 : end)], as: UTF8.self)
    }

    /// Reads what a line begins with: a code and a hyphen, `250-SIZE`, goes on; a code alone or with a space ends the reply.
    private static func isLast(_ line: String, after first: String?) throws(Mistake) -> Bool {
        let start = Array(line.utf8.prefix(4))
        guard start.count >= 3, (0x32...0x35).contains(start[0]), (0x30...0x39).contains(start[1]),
            (0x30...0x39).contains(start[2]), first.map({ $0.utf8.prefix(3).elementsEqual(start.prefix(3)) }) ?? true
        else { throw .unreadable }
        guard start.count == 4, start[3] != UInt8(ascii: " ") else { return true }
        guard start[3] == UInt8(ascii: "-") else { throw .unreadable }
        return false
    }
}
