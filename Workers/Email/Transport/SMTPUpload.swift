/// One mail on its way: what libcurl's callbacks read from and write to, on the thread that sends.
final class SMTPUpload {
    private let bytes: [UInt8]
    private var offset = 0
    private var unfinishedReply: [String] = []
    /// The server's last complete reply, its farewell aside.
    private(set) var lastReply: SMTPReply?

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func from(_ context: UnsafeMutableRawPointer?) -> SMTPUpload {
        guard let context else { preconditionFailure("libcurl called back without its context") }
        return Unmanaged<SMTPUpload>.fromOpaque(context).takeUnretainedValue()
    }

    /// Whether the server has seen anything of the mail's text.
    var hasBegun: Bool { offset > 0 }

    /// Whether all of the mail was handed over and the server, which had asked for it (354), said nothing since.
    var isUnanswered: Bool { offset == bytes.count && lastReply?.code == 354 }

    /// Copies the next bytes of the mail.
    /// - Returns: how many; 0 at the end.
    func read(into buffer: UnsafeMutablePointer<CChar>?, atMost room: Int) -> Int {
        let count = min(room, bytes.count - offset)
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: buffer, count: room)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + count)]))
        }
        offset += count
        return count
    }

    /// Takes one line of a reply: `250-SIZE 1000` goes on, `250 OK` ends it.
    func take(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        guard unfinishedReply.count < 64 else { return }
        unfinishedReply.append(text)
        guard line.count < 4 || line[3] != UInt8(ascii: "-") else { return }
        if let reply = SMTPReply(lines: unfinishedReply), reply.code != 221 { lastReply = reply }
        unfinishedReply = []
    }
}
