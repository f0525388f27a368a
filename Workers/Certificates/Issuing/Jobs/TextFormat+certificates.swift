import CertificateRecord
import CertificateTemplates
import Jobs

/// Each is what reads such a text.
extension TextFormat {
    static let certificateCode = TextFormat(
        "certificate-code", "a certificate's code such as 7QF4-9KXM-2D8R-T5VC", ["7QF4-9KXM-2D8R-T5VC"]
    ) { CertificateCode($0) != nil }

    /// A learner or a course as the platform calls them.
    static let certificateName = TextFormat(
        "platform-id", "1 to 255 bytes without control characters, not of one who was erased", ["ada", "engine"],
        accepts: CertificateOrder.isName)

    static let certificateText = TextFormat(
        "certificate-text", "a text of at most \(CleanText.longest) characters that can be shown", ["Ada Lovelace"]
    ) { text in
        do throws(InvalidCertificate) { _ = try CleanText.of(text, "") } catch { return false }
        return true
    }

    static let certificateDay = TextFormat("date", TextFormat.date.title, TextFormat.date.examples) {
        CertificateDate($0) != nil
    }

    static let certificateReason = TextFormat(
        "reason", "a sentence of 1 to 1000 characters, without control characters", ["The exam was annulled."],
        accepts: Reason.isOne)

    static let languageTag = TextFormat(
        "language-tag", "a language such as en or pt-BR", ["de", "pt-BR"], accepts: LanguageTag.isOne)

    static let paper = TextFormat("paper", "A4 or letter", ["A4", "letter"]) { PageSize(named: $0) != nil }
}
