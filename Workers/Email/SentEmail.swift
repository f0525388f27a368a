import Jobs

/// What a tracked job leaves behind: `{"messageID":"<emails.1731999999999-0@school.example>","recipients":1,"place":"…"}`.
struct SentEmail: Encodable {
    let messageID: String
    let recipients: Int
    /// Where the mail is now: a file, or the server that took it.
    let place: String

    init(_ mail: OutgoingMail, place: String) {
        messageID = "\(mail.messageID)"
        recipients = mail.recipients.count
        self.place = place
    }

    /// As JSON: by hand, as every mail pays for it, where its texts can stand there as they are.
    func result() throws -> JobResult {
        guard [messageID, place].allSatisfy({ $0.utf8.allSatisfy(Self.isPlain) }) else {
            return try JobResult(encoding: self)
        }
        return JobResult(
            json: Array(#"{"messageID":"\#(messageID)","place":"\#(place)","recipients":\#(recipients)}"#.utf8))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
