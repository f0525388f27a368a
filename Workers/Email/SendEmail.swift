import Jobs
import Mustache

/// One mail to send: `{"to":"ada@school.example","template":"welcome","data":{"name":"Ada"}}`.
///
/// Either a template with its data, or a subject with a text, an HTML text or both.
struct SendEmail: Job {
    static let type: JobType = "email.send"
    static let queue: QueueName = "emails"
    /// A mail server may be away for hours, and greylisting alone takes minutes: about eight hours in all.
    static let retryPolicy = RetryPolicy(maxRetries: 12, base: .seconds(60), cap: .seconds(3600))
    /// Longer than a server may take for the end of a mail (``SMTPTimeouts``), so that its silence is told as what it is.
    static let deadline: Deadline = .after(.seconds(420))

    var to: Recipients
    var cc: Recipients?
    var bcc: Recipients?
    var replyTo: String?
    var from: String?

    var template: String?
    /// What the template sees; an object.
    var data: MustacheValue?
    /// The reader's language: `de`, `de-AT`. Falls back to the language, then to the template's own.
    var locale: String?

    var subject: String?
    var text: String?
    var html: String?

    /// Files in the storage that travel with the mail.
    var attachments: [AttachmentReference]?
    /// The list the mail belongs to, `weekly-digest`: its reader can leave it by one click. Then `to` is one person.
    var list: String?
    /// What must not be sent twice, such as `receipt:4711`: jobs of one key send it once to each recipient. Else the job's id.
    var key: String?
    /// Whether it is sent again when nobody knows whether it was sent. Else as its template is set.
    var atLeastOnce: Bool?
    /// Why it goes to suppressed addresses, too: a sentence for the record.
    var overrideSuppression: String?
}
