import Jobs

/// A mail that not everybody has got yet: the error of a failed attempt.
struct DeferredMail: Error, CustomStringConvertible {
    let description: String
    /// No sooner than this the next attempt; nil leaves it to the policy.
    let retryAfter: Duration?

    /// Nil when nobody is left.
    /// - Parameters:
    ///   - outcomes: of the recipients, in their order.
    ///   - leastWait: what the policy's wait is at most now.
    ///   - repeatsAmbiguous: whether those are left of whom nobody knows whether they got it.
    init?(
        _ outcomes: [DeliveryOutcome], of recipients: [EmailAddress], leastWait: Duration, repeatsAmbiguous: Bool
    ) {
        var reasons: [(EmailAddress, String)] = []
        var waits: [Duration] = []
        for (recipient, outcome) in zip(recipients, outcomes) {
            switch outcome {
            case .delivered, .refused: continue
            case .ambiguous(let reason): if repeatsAmbiguous { reasons.append((recipient, reason)) }
            case .deferred(let reason, let wait):
                reasons.append((recipient, reason))
                if case .atLeast(let told) = wait { waits.append(max(told, leastWait)) }
            }
        }
        guard let sentence = Self.sentence(reasons, of: recipients.count, "not reached yet") else { return nil }
        description = sentence
        retryAfter = waits.max()
    }

    /// The reason of the only recipient, or of the first of several and how many they are; nil when there is none.
    static func sentence(_ reasons: [(EmailAddress, String)], of count: Int, _ what: String) -> String? {
        guard let (recipient, reason) = reasons.first else { return nil }
        guard count > 1 else { return reason }
        return "\(reasons.count) of \(count) recipients were \(what), the first \(recipient.address): \(reason)"
    }
}
