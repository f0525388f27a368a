/// Addresses as reports write them.
enum MailboxText {
    private static let longest = 400

    /// `ada@example.org` of `rfc822; <ada@example.org>` and the like; nil when there is none.
    static func address(_ text: some StringProtocol) -> String? {
        var text = String(text)
        if let semicolon = text.firstIndex(of: ";") { text = String(text[text.index(after: semicolon)...]) }
        if let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
            text = String(text[text.index(after: open)..<close])
        }
        text = HeaderFields.trimmed(text)
        let isOne = text.contains("@") && !text.contains(where: \.isWhitespace) && text.utf8.count <= longest
        return isOne ? text : nil
    }

    /// An address that travelled as xtext, when it differs: some servers report it as it came.
    static func undoingXtext(_ address: String) -> String? {
        let plain = TransferDecoding.hexDecoded(address.utf8, after: UInt8(ascii: "+"))
        let text = String(decoding: plain, as: UTF8.self)
        return text == address ? nil : text
    }
}
