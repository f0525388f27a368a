import Glibc

/// The text of a mail as it follows DATA.
enum SMTPData {
    /// Doubles dots that begin lines (RFC 5321 §4.5.2), and adds the line that ends the mail.
    static func append(_ mail: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + mail.count + mail.count / 64 + 16)
        mail.withUnsafeBytes { mail in
            var begin = 0
            var next = firstDot(in: mail, from: 0)
            while let index = next {
                if index == 0 || mail[index - 1] == newline {
                    output += mail[begin..<index]
                    output.append(dot)
                    begin = index
                }
                next = firstDot(in: mail, from: index + 1)
            }
            output += mail[begin...]
            if mail.last != newline { output += "\r\n".utf8 }
        }
        output += ".\r\n".utf8
    }

    /// Dots are rare, and the C library looks at many bytes at once.
    private static func firstDot(in mail: UnsafeRawBufferPointer, from index: Int) -> Int? {
        guard index < mail.count, let start = mail.baseAddress,
            let found = memchr(start + index, Int32(dot), mail.count - index)
        else { return nil }
        return UnsafeRawPointer(found) - start
    }

    private static let dot = UInt8(ascii: ".")
    private static let newline = UInt8(ascii: "\n")
}
