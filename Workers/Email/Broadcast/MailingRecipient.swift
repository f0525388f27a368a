import Mustache

/// A reader of a mailing.
struct MailingRecipient: Sendable {
    /// Names the reader within the mailing, so that his mail is enqueued once.
    let token: String
    let address: String
    /// Above what all readers see.
    let data: [String: MustacheValue]?
    let locale: String?
}
