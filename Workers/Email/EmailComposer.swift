import Mustache

/// Turns a payload into a message: checks addresses, picks the sender, renders the template.
struct EmailComposer: Sendable {
    /// `nil`: every job names its own sender.
    let defaultFrom: EmailAddress?
    let templates: TemplateStore
    /// What every template sees, below the job's own data.
    let sharedData: [String: MustacheValue]

    /// - Throws: ``InvalidEmail`` for what no retry will mend; else the file system's error for a template.
    func compose(_ job: SendEmail) throws -> EmailMessage {
        let content = try content(of: job)
        return try EmailMessage(
            from: sender(of: job), to: addresses(job.to), cc: addresses(job.cc), bcc: addresses(job.bcc),
            replyTo: job.replyTo.map { text throws(InvalidEmail) in try EmailAddress(text) }, content: content)
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

    private func content(of job: SendEmail) throws -> EmailContent {
        guard let template = job.template else { return try directContent(of: job) }
        guard job.subject == nil, job.text == nil, job.html == nil else {
            throw InvalidEmail("Give either 'template' or 'subject' with 'text' or 'html', not both.")
        }
        return try templates.template(named: template, locale: job.locale)
            .render(job.data ?? .object([:]), shared: sharedData)
    }

    private func directContent(of job: SendEmail) throws(InvalidEmail) -> EmailContent {
        guard let subject = job.subject else {
            throw InvalidEmail("The mail has no 'subject'; give one, or a 'template'.")
        }
        return try EmailContent(subject: subject, text: job.text, html: job.html)
    }
}
