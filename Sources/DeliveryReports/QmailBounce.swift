/// A bounce as qmail writes it (QSBMF): text in paragraphs, each of which begins with an address.
///
///     Hi. This is the qmail-send program at example.org.
///     …
///     <ada@example.org>:
///     Sorry, no mailbox here by that name. (#5.1.1)
struct QmailBounce {
    private static let end = Array("--- ".utf8)
    private let paragraphs: [[MailLines.Line]]

    init?(_ message: MailPart) {
        let lines = message.lines
        guard let first = lines.first(where: { !$0.isEmpty }).map(MailLines.text),
            first.hasPrefix("Hi. This is the"), first.contains("program")
        else { return nil }
        paragraphs = lines.prefix { !$0.starts(with: Self.end) }.split(separator: []).map(Array.init)
    }

    var reports: [DeliveryReport] {
        paragraphs.compactMap { paragraph in
            let name = MailLines.text(paragraph[0])
            guard name.hasPrefix("<"), name.hasSuffix(">:"), let address = MailboxText.address(name) else { return nil }
            let said = paragraph.dropFirst().map(MailLines.text).joined(separator: " ")
            let diagnosis = Diagnosis(said)
            return DeliveryReport(
                .bounced, recipients: [address], messageID: nil, status: diagnosis.status, reason: diagnosis.reason)
        }
    }
}
