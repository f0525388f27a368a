internal import Platform

/// How long one call may go on: until its deadline, or until its task is cancelled.
struct Patience {
    let deadline: MonotonicTime
    let interruption: Interruption
}
