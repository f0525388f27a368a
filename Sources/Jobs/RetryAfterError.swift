/// An error of another side that says when to come back, such as an HTTP answer with the header `Retry-After`.
///
/// The job is tried again no sooner, with jitter added on top.
public protocol RetryAfterError: Error {
    /// Nil when the other side named no delay: the job's ``RetryPolicy`` then decides.
    var retryAfter: Duration? { get }
}
