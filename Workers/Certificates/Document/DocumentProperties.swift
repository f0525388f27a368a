/// What a document says about itself.
package struct DocumentProperties: Sendable {
    package var title: String
    package var author: String
    package var subject: String
    /// As BCP 47 writes it: letters, digits and hyphens.
    package var language: String
    /// `2026-12-01`: the same certificate gives the same bytes whenever it is drawn.
    package var date: String

    package init(title: String, author: String, subject: String, language: String, date: String) {
        self.title = title
        self.author = author
        self.subject = subject
        self.language = language
        self.date = date
    }

    static let producer = "Coursework with cairo"

    /// When it was made, as PDF writes it.
    var time: String { "D:\(date.filter { $0 != "-" })000000Z" }

    /// The document information dictionary (ISO 32000-1, 14.3.3).
    var information: [UInt8] {
        Array(
            """
            << /Title \(PDFText.string(title))
               /Author \(PDFText.string(author))
               /Subject \(PDFText.string(subject))
               /Producer (\(Self.producer))
               /CreationDate (\(time))
               /ModDate (\(time))
            >>

            """.utf8)
    }
}
