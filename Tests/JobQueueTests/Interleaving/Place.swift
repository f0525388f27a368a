/// Where a job is. Each is in exactly one place.
enum Place: Hashable {
    case ready
    /// It has its passes, and comes before all that is ready.
    case admitted
    case held(by: String)
    /// Handed back, and waiting for the next rescue.
    case released
    /// A suspect, set aside until a worker runs it alone.
    case aside
    case later(isDue: Bool)
    /// Set aside while its type is paused.
    case blocked
    /// Waits for this limit.
    case limited(by: String)
    case dead
    case done
    case discarded
    case cancelled
    case expired

    /// Nothing more happens to the job.
    var isEnd: Bool { [.done, .discarded, .cancelled, .expired].contains(self) }
}
