import CertificateRecord
import CertificateTemplates
import FoundationEssentials
import Jobs
import Mustache
import PostgresClient

/// The mail with the certificate: a row of the outbox, written together with it.
enum CertificateMail {
    static func write(_ publications: [Publication], in transaction: PostgresTransaction) throws {
        let mails = try publications.compactMap(args)
        guard !mails.isEmpty else { return }
        try transaction.query(
            """
            INSERT INTO coursework.outbox (queue, type, args)
            SELECT 'emails', 'email.send', args::json FROM unnest($1::text[]) AS n (args)
            """, [.texts(mails)])
    }

    /// Nil for a learner who gets none.
    private static func args(_ publication: Publication) throws -> String? {
        let certificate = publication.reserved.certificate
        guard let mail = certificate.details.mail,
            var fields = try? JSONDecoder().decode([String: MustacheValue].self, from: Data(mail.utf8))
        else { return nil }
        var data = shown(certificate)
        if case .object(let own)? = fields["data"] { data.merge(own) { _, own in own } }
        fields["data"] = .object(data)
        fields["template"] = fields["template"] ?? "certificate-issued"
        fields["locale"] = fields["locale"] ?? certificate.details.language.map { .string($0) }
        fields["key"] = .string("certificate:\(certificate.code)")
        let file: MustacheValue = [
            "key": .string(publication.reserved.key.text),
            "name": .string("\(certificate.number?.description ?? certificate.code).pdf"),
        ]
        var attachments: [MustacheValue] = [file]
        if case .list(let own)? = fields["attachments"] { attachments += own }
        fields["attachments"] = .list(attachments)
        return String(decoding: try JobResult(encoding: fields).json, as: UTF8.self)
    }

    /// What the template shows, unless the job says otherwise.
    private static func shown(_ certificate: CertificateDescription) -> [String: MustacheValue] {
        let details = certificate.details
        var data: [String: MustacheValue] = [
            "name": .string(details.name), "course": .string(details.title), "url": .string(details.url),
            "verify": .string(details.url),
            "date": .string(CertificateDate(details.date)?.text(in: details.language ?? "en") ?? details.date),
        ]
        if let number = certificate.number { data["number"] = .string(number.description) }
        if let grade = details.grade { data["grade"] = .string(grade) }
        return data
    }
}
