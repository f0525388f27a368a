/// What a mail says: a subject, and a text, an HTML text or both.
struct EmailContent: Sendable, Equatable {
    let subject: String
    /// Derived from the HTML when none was given: every mail can be read as text.
    let text: String
    let html: String?

    init(subject: String, text: String?, html: String?) throws(InvalidEmail) {
        guard !HeaderText.breaksHeaders(subject) else {
            throw InvalidEmail("The subject \(InvalidEmail.quoted(subject)) holds a line break or a NUL; remove it.")
        }
        guard !subject.allSatisfy(\.isWhitespace) else { throw InvalidEmail("The subject of the mail is empty.") }
        guard subject.utf8.count <= 2000 else { throw InvalidEmail("The subject is longer than 2000 bytes.") }
        guard let text = text ?? html.map(PlainText.init(html:))?.text else {
            throw InvalidEmail("The mail says nothing; give 'text', 'html' or both beside the subject.")
        }
        self.subject = subject
        self.text = text
        self.html = html
    }
}
