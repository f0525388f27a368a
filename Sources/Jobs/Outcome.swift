/// What a handler says of the job it was given. The runtime acts on it in one exhaustive switch.
public enum Outcome: Sendable {
    /// Done; the result is kept for a while when the job is tracked.
    case success(JobResult = .none)
    /// Failed: another attempt by the job's policy, not before `after` when the other side named a delay.
    case retry(any Error, after: Duration? = nil)
    /// Not worth doing any more: removed, counted, logged with its reason.
    case discard(reason: String)
    /// Will never succeed as it is: parked as a dead letter for a person to look at.
    case bury(reason: String)
    /// Not now: comes back after the duration, without burning an attempt.
    case snooze(Duration)
}
