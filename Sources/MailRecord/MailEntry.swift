public import EffectLedger
public import Jobs

/// A mail that is about to be handed over, as it is recorded.
public struct MailEntry: Sendable {
    /// What must not be sent twice to a recipient: the job's id, or a business identity.
    public var key: EffectKey
    public var job: JobID
    /// With its angle brackets.
    public var messageID: String
    public var subject: String?
    public var template: String?
    /// The list it belongs to, from which readers may have unsubscribed.
    public var list: String?
    /// What to do when nobody knows whether an earlier attempt has sent it.
    public var policy: AmbiguityPolicy = .atMostOnce
    /// Why it goes to suppressed addresses, too; nil: it does not.
    public var override: String?
    /// Whether recipients that an earlier attempt was refused for are tried again: a person has replayed the job.
    public var retriesRefused = false
    /// Addresses without names.
    public var recipients: [String]

    public init(key: EffectKey, job: JobID, messageID: String, recipients: [String]) {
        self.key = key
        self.job = job
        self.messageID = messageID
        self.recipients = recipients
    }
}
