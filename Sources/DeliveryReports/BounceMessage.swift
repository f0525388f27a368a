/// A mail that reports on mail: a delivery status notification (RFC 3464), what older servers send instead, or a complaint
/// (RFC 5965).
public struct BounceMessage {
    /// What is beyond is not read.
    private static let mostBytes = 16 << 20
    private static let mostReports = 1000

    private let parts: [MailPart]
    private var message: MailPart { parts[0] }

    public init(_ bytes: some Collection<UInt8>) {
        parts = MailPart(MailLines.of(bytes.prefix(Self.mostBytes))[...]).all
    }

    /// One for each recipient it tells of; none when it reports nothing.
    public var reports: [DeliveryReport] {
        let ways = [statusReports, complaints, failedRecipients, QmailBounce(message)?.reports ?? []]
        let found = ways.first { !$0.isEmpty } ?? []
        return found.prefix(Self.mostReports).map { report in
            var report = report
            report.messageID = report.messageID ?? messageID
            report.mailName = mailName
            return report
        }
    }

    private var statusReports: [DeliveryReport] {
        parts.filter { ["message/delivery-status", "message/global-delivery-status"].contains($0.type) }
            .flatMap { DeliveryStatusFields($0.lines).reports }
    }

    /// The mail that is reported on: its header is returned, or the report answers it.
    private var messageID: String? {
        let returned = ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"]
        for part in parts.dropFirst() where returned.contains(part.type) {
            if let id = Self.messageID(in: part.lines) { return id }
        }
        // Servers that return the mail as text do so below what they say themselves.
        for part in parts where part.type == "text/plain" {
            if let id = part.lines.lazy.compactMap({ Self.messageID(in: [$0]) }).first { return id }
        }
        return (message.header["in-reply-to"] ?? message.header["references"]).flatMap(Self.bracketed)
    }

    private static func messageID(in lines: [MailLines.Line]) -> String? {
        HeaderFields.read(lines.drop { $0.isEmpty }).fields["message-id"].flatMap(bracketed)
    }

    /// `<id@domain>`, the first that there is.
    private static func bracketed(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else { return nil }
        let id = String(text[open...close])
        return id.utf8.count <= 998 ? id : nil
    }

    /// The mail that the address names to which the report was sent: `bounces+emails.1731999999999-0@school.example`.
    private var mailName: String? {
        for field in ["delivered-to", "x-original-to", "envelope-to", "to"] {
            guard let address = message.header[field].flatMap({ MailboxText.address($0) }),
                let plus = address.firstIndex(of: "+"), let at = address.lastIndex(of: "@"), plus < at
            else { continue }
            let name = address[address.index(after: plus)..<at]
            let isOne = name.contains(".") && name.utf8.allSatisfy { Self.nameLetters.contains($0) }
            if isOne { return String(name) }
        }
        return nil
    }

    private static let nameLetters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8)

    /// Exim's field, also in bounces that have no status fields.
    private var failedRecipients: [DeliveryReport] {
        guard let field = message.header["x-failed-recipients"] else { return [] }
        let said = Diagnosis(in: parts.filter { $0.type == "text/plain" }.flatMap(\.lines))
        return field.split(separator: ",").compactMap { MailboxText.address($0) }.map { address in
            DeliveryReport(.bounced, recipients: [address], messageID: nil, status: said?.status, reason: said?.reason)
        }
    }

    private var complaints: [DeliveryReport] {
        parts.filter { $0.type == "message/feedback-report" }.compactMap { part in
            let fields = HeaderFields.read(part.lines.drop { $0.isEmpty }).fields
            guard let kind = fields["feedback-type"]?.lowercased(), kind != "not-spam" else { return nil }
            let recipient = fields["original-rcpt-to"].flatMap { MailboxText.address($0) }
            return DeliveryReport(
                .complained, recipients: recipient.map { [$0] } ?? [], messageID: nil,
                reason: MailLines.sentence("The reader reported it as \(kind)."))
        }
    }
}
