/// The text of a mail as it follows DATA.
enum SMTPData {
    /// Doubles dots that begin lines (RFC 5321 §4.5.2), and adds the line that ends the mail.
    static func encoded(_ mail: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(mail.count + mail.count / 64 + 16)
        var begin = 0
        for index in mail.indices where mail[index] == dot && (index == 0 || mail[index - 1] == newline) {
            encoded += mail[begin..<index]
            encoded.append(dot)
            begin = index
        }
        encoded += mail[begin...]
        if mail.last != newline { encoded += [carriageReturn, newline] }
        encoded += [dot, carriageReturn, newline]
        return encoded
    }

    private static let dot = UInt8(ascii: ".")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
