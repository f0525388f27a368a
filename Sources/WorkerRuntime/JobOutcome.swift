/// What metrics count an attempt as, by the name that they give it.
enum JobOutcome: Int, CaseIterable {
    case done, discarded, retried
    /// Also those whose type no worker knows yet.
    case snoozed
    case dead, cancelled, expired
    /// Set aside until its type is resumed.
    case blocked
    /// Handed back as if it had never been claimed.
    case released
    /// Another worker has it.
    case lost

    var label: String { "\(self)" }
}
