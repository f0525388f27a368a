/// What a mail belongs to that its reader may leave: a digest, the news of a course.
struct MailingList: Sendable, Equatable {
    /// `weekly-digest`: what the platform calls it.
    let name: String
    /// Takes the reader off the list by one POST, without a question (RFC 8058).
    let unsubscribeURL: String

    /// Checks the name of a list as a job gives it.
    static func checkedName(_ name: String) throws(InvalidEmail) -> String {
        guard Identifier.isOne(name) else {
            throw InvalidEmail(
                "\(InvalidEmail.quoted(name)) is no name of a list; it is lower-case letters, digits, '-' and '_'.")
        }
        return name
    }

    /// - Parameter domain: the sender's, which makes the name unique (RFC 2919).
    func append(to writer: inout MessageWriter, domain: String) {
        writer.appendField("List-Id", "<\(name).\(domain)>")
        writer.appendField("List-Unsubscribe", "<\(unsubscribeURL)>")
        writer.appendField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    }
}
