/// Addresses as the record compares them.
enum MailAddress {
    static let longest = 400

    /// In lower case, though the part before the @ may be another for its server: no server in use goes by that, and a
    /// person who is to get no mail gets none however the address is written.
    static func normal(_ text: String) -> String { RecordText.line(text.lowercased(), atMost: longest) }
}
