/// What became of a mail for one of its recipients. The set is closed: whoever records mails has a column for each.
enum DeliveryOutcome: Sendable, Equatable {
    /// The other side has taken the responsibility for it.
    case delivered
    /// Not taken now; the same mail may be taken later.
    case deferred(reason: String, wait: DeferralWait)
    /// Not taken, and never will be as it is.
    case refused(reason: String, Refusal)
    /// The whole mail was handed over and the answer never came, or could not be read: it may or may not be delivered.
    case ambiguous(reason: String)
}

/// How long a recipient who was deferred waits.
enum DeferralWait: Sendable, Equatable {
    /// As the job's policy says: exponential, with full jitter.
    case byPolicy
    /// No shorter than what the policy's wait is at most now, and than this; jitter comes on top.
    case atLeast(Duration)

    /// For a server that names no time: greylisting lets a mail pass after a few minutes.
    static let unhinted = DeferralWait.atLeast(.zero)
    /// Somebody has to tidy up a mailbox first.
    static let mailboxFull = DeferralWait.atLeast(.seconds(3600))
}

/// What a permanent refusal is about.
enum Refusal: Sendable, Equatable {
    /// There is no such address: no mail should go there again.
    case suppress
    /// This mail is unwanted, or its sender is: a person should look at it.
    case park
}
