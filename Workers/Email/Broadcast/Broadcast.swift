import Jobs
import Mustache

/// One mail to many: `{"mailing":"summer","mail":{"template":"weekly-digest","data":{"week":30}}}`.
///
/// Its recipients are the rows of `coursework.mailing_recipients` with this mailing, or the lines of a file. It is a member of a batch, to which it
/// adds a mail for each: so the batch tells how far it is, and cancels it.
struct Broadcast: Job {
    static let type: JobType = "email.broadcast"
    /// What nobody waits for.
    static let queue: QueueName = "notifications"
    static let deadline = Deadline.none

    /// 1 to 64 letters, digits, `_` and `-`. Of a mailing each address gets one mail, however often it is broadcast.
    var mailing: String
    /// A file in the storage, one JSON object a line: ``FileRecipients``. Nil: the rows of the table.
    var recipients: String?
    /// The fields of ``SendEmail`` but `to` and `key`.
    var mail: [String: MustacheValue]
}

extension Broadcast {
    /// What names the mail of a mailing in the record.
    static func key(of mailing: String) -> String { "mailing:\(mailing)" }

    /// The job that sends it to one reader.
    func mail(to reader: MailingRecipient, in queue: QueueName) throws -> NewJob {
        var fields = mail
        fields["to"] = .string(reader.address)
        fields["key"] = .string(Self.key(of: mailing))
        if let locale = reader.locale { fields["locale"] = .string(locale) }
        if let own = reader.data { fields["data"] = .object(shared.merging(own) { _, own in own }) }
        var job = NewJob(SendEmail.type, queue: queue, args: try JobResult(encoding: fields).json)
        // A run that was interrupted adds again what it does not know it has added.
        job.idempotencyKey = IdempotencyKey("mailing:\(mailing):\(reader.token)")
        return job
    }

    private var shared: [String: MustacheValue] {
        guard case .object(let data) = mail["data"] else { return [:] }
        return data
    }
}
