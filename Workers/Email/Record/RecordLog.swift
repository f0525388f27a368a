import EffectLedger
import Jobs
import Logging
import MailRecord

/// Keeps what becomes of mails in the database, from before they are handed over.
struct RecordLog: DeliveryLog {
    let record: MailRecord
    /// Templates of mails that are rather sent twice than not.
    let repeatedTemplates: Set<String>

    /// - Throws: ``InvalidEmail`` for a key that cannot be one; `PostgresError`.
    func begin(_ mail: OutgoingMail, _ job: SendEmail, _ context: JobContext) async throws -> any DeliveryAttempt {
        let entry = try entry(of: mail, job, context)
        let beginnings = try await record.begin(entry)
        return RecordedAttempt(
            record, Array(zip(mail.recipients, beginnings)), repeatsAmbiguous: entry.policy == .atLeastOnce,
            logger: context.logger)
    }

    private func entry(of mail: OutgoingMail, _ job: SendEmail, _ context: JobContext) throws -> MailEntry {
        var entry = MailEntry(
            key: try key(of: job, context), job: context.id, messageID: "\(mail.messageID)",
            recipients: mail.recipients.map(\.address))
        entry.subject = mail.message.content.subject
        entry.template = job.template
        entry.list = job.list
        entry.policy = repeats(job) ? .atLeastOnce : .atMostOnce
        entry.override = job.overrideSuppression
        // The first attempt finds refusals only when a person has replayed the job.
        entry.retriesRefused = context.attempt == 1
        return entry
    }

    private func key(of job: SendEmail, _ context: JobContext) throws(InvalidEmail) -> EffectKey {
        do throws(EffectError) { return try EffectKey(job.key ?? "\(context.id)") } catch {
            throw InvalidEmail("The 'key' of the mail cannot be used; give it 1 to \(EffectKey.longest) characters.")
        }
    }

    private func repeats(_ job: SendEmail) -> Bool {
        job.atLeastOnce ?? job.template.map(repeatedTemplates.contains) ?? false
    }
}
