internal import JobQueue
internal import Jobs

/// What is to become of a job that a slot has let go of.
enum Disposition: Sendable {
    case complete(JobResult)
    case discard(reason: String)
    /// Parked instead when it would begin later than `within` after the job was enqueued.
    case retry(delay: Duration, within: Duration?, error: ErrorReport)
    case snooze(Duration)
    /// Its type is not known here.
    case awaitType
    case bury(DeathReason, error: ErrorReport)
    /// Somebody asked for its end.
    case cancel
    /// It came too late to be worth running.
    case expire
    /// Set aside until its type is resumed.
    case block
    /// Handed back as if it had never been claimed.
    case release
    /// Nothing: another worker has it.
    case drop

    /// What the log says happened.
    var verb: String {
        switch self {
        case .complete: "done"
        case .discard: "discarded"
        case .retry: "failed, will be retried"
        case .snooze: "snoozed"
        case .awaitType: "snoozed, its type is not known here"
        case .bury: "buried"
        case .cancel: "cancelled"
        case .expire: "expired"
        case .block: "set aside, its type is paused"
        case .release: "handed back"
        case .drop: "lost to another worker"
        }
    }

    /// What metrics count it as.
    var outcome: JobOutcome {
        switch self {
        case .complete: .done
        case .discard: .discarded
        case .retry: .retried
        case .snooze, .awaitType: .snoozed
        case .bury: .dead
        case .cancel: .cancelled
        case .expire: .expired
        case .block: .blocked
        case .release: .released
        case .drop: .lost
        }
    }
}
