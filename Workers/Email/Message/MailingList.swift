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

    /// What a mail of the list says of it.
    /// - Parameter domain: the sender's, which makes the name unique (RFC 2919).
    func fields(domain: String) -> [(name: String, value: String)] {
        [
            ("List-Id", "<\(name).\(domain)>"), ("List-Unsubscribe", "<\(unsubscribeURL)>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    }
}
