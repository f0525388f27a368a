import Jobs

/// A job as the shell is told to enqueue it.
struct JobOrder {
    var job: NewJob
    /// Whether somebody named the queue; else it is the type's own.
    let namesQueue: Bool
    /// Whether it goes through the outbox of the database.
    let isDurable: Bool
}
