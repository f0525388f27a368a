import FoundationEssentials
import Jobs
import Mustache
import Storage

/// Turns a payload into mail: checks addresses, picks the sender, renders the template, attaches, signs.
struct EmailComposer: Sendable {
    /// `nil`: every job names its own sender.
    let defaultFrom: EmailAddress?
    let templates: TemplateStore
    /// What every template sees, below the job's own data.
    let sharedData: [String: MustacheValue]
    let attachments: AttachmentReader
    /// `nil`: no job may name a list.
    let unsubscribeLinks: UnsubscribeLinks?
    let signer: DKIMSigner?

    /// - Throws: ``InvalidEmail`` for what no retry will mend; else the file system's error for a template, or
    ///   `StorageError` for an attachment.
    func compose(_ job: SendEmail, id: JobID, date: Date) async throws -> OutgoingMail {
        OutgoingMail(jobID: id, message: try await message(of: job, at: date), date: date, signer: signer)
    }

    func message(of job: SendEmail, at date: Date) async throws -> EmailMessage {
        let to = try addresses(job.to)
        let list = try list(of: job, to, at: date)
        return try EmailMessage(
            from: sender(of: job), to: to, cc: addresses(job.cc), bcc: addresses(job.bcc),
            replyTo: job.replyTo.map { text throws(InvalidEmail) in try EmailAddress(text) },
            content: content(of: job, list), attachments: try await attachments.read(job.attachments ?? []),
            list: list)
    }

    private func sender(of job: SendEmail) throws(InvalidEmail) -> EmailAddress {
        if let from = job.from { return try EmailAddress(from) }
        guard let defaultFrom else {
            throw InvalidEmail(
                "The mail has no sender; set 'from' in the job or workers.email.from in the configuration.")
        }
        return defaultFrom
    }

    private func addresses(_ recipients: Recipients?) throws(InvalidEmail) -> [EmailAddress] {
        try (recipients?.addresses ?? []).map { text throws(InvalidEmail) in try EmailAddress(text) }
    }

    /// A link that takes one reader off a list must not reach another one.
    private func list(
        of job: SendEmail, _ to: [EmailAddress], at date: Date
    ) throws(InvalidEmail) -> MailingList? {
        guard let name = try job.list.map(MailingList.checkedName) else { return nil }
        guard let unsubscribeLinks else {
            throw InvalidEmail(
                "The mail belongs to a list; set workers.email.unsubscribe so that its reader can leave it.")
        }
        guard to.count == 1, job.cc == nil, job.bcc == nil else {
            throw InvalidEmail("A mail of a list goes to one reader; enqueue one job for each.")
        }
        let subscription = Subscription(address: to[0].address, list: name)
        return MailingList(name: name, unsubscribeURL: unsubscribeLinks.url(for: subscription, at: date))
    }

    private func content(of job: SendEmail, _ list: MailingList?) throws -> EmailContent {
        guard let template = job.template else { return try directContent(of: job) }
        guard job.subject == nil, job.text == nil, job.html == nil else {
            throw InvalidEmail("Give either 'template' or 'subject' with 'text' or 'html', not both.")
        }
        var shared = sharedData
        if let list { shared["unsubscribe"] = ["url": .string(list.unsubscribeURL)] }
        return try templates.template(named: template, locale: job.locale)
            .render(job.data ?? .object([:]), shared: .object(shared))
    }

    private func directContent(of job: SendEmail) throws(InvalidEmail) -> EmailContent {
        guard let subject = job.subject else {
            throw InvalidEmail("The mail has no 'subject'; give one, or a 'template'.")
        }
        return try EmailContent(subject: subject, text: job.text, html: job.html)
    }
}

// MARK: - From the configuration

extension EmailComposer {
    /// - Throws: ``InvalidSettings``.
    init(_ settings: EmailSettings, _ surroundings: Surroundings, sendsByServer: Bool) throws {
        defaultFrom = try settings.defaultFrom(sendsByServer: sendsByServer)
        templates = TemplateStore(root: settings.templatesFolder(in: surroundings))
        sharedData = settings.sharedData()
        attachments = AttachmentReader(storage: surroundings.storage)
        unsubscribeLinks = try settings.unsubscribe.map { try UnsubscribeLinks($0, surroundings) }
        signer = try settings.dkim.map { try DKIMSigner($0, surroundings) }
    }
}
