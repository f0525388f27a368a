/// What a mail says: a subject, and a text, an HTML text or both, in UTF-8.
struct EmailContent: Sendable, Equatable {
    static let maxSubjectBytes = 2000

    let subject: String
    /// Derived from the HTML when none was given: every mail can be read as text.
    let text: [UInt8]
    let html: [UInt8]?
    /// What the HTML shows.
    let images: [AttachedFile]
    /// The language it is written in, when that is known: `de`.
    let language: String?

    init(
        subject: String, text: [UInt8]?, html: [UInt8]?, images: [AttachedFile] = [], language: String? = nil
    ) throws(InvalidEmail) {
        guard !HeaderText.breaksHeaders(subject) else {
            throw InvalidEmail("The subject holds a line break or a NUL; remove it.")
        }
        guard !subject.allSatisfy(\.isWhitespace) else { throw InvalidEmail("The subject of the mail is empty.") }
        guard subject.utf8.count <= Self.maxSubjectBytes else {
            throw InvalidEmail("The subject is longer than \(Self.maxSubjectBytes) bytes.")
        }
        guard let text = text ?? html.map(Self.plainText) else {
            throw InvalidEmail("The mail says nothing; give 'text', 'html' or both beside the subject.")
        }
        self.subject = subject
        self.text = text
        self.html = html
        self.images = images
        self.language = language
    }

    init(subject: String, text: String?, html: String?) throws(InvalidEmail) {
        try self.init(subject: subject, text: text.map { Array($0.utf8) }, html: html.map { Array($0.utf8) })
    }

    private static func plainText(of html: [UInt8]) -> [UInt8] {
        Array(PlainText(html: String(decoding: html, as: UTF8.self)).text.utf8)
    }
}
