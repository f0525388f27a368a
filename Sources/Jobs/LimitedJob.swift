/// A job that shares something scarce with others, such as a mail server that takes ten connections:
///
///     extension SendReceipt: LimitedJob {
///         var limits: [Limit] { [Limit("smtp:\(domain)", concurrency: 10, rate: Rate(100, per: .seconds(60)))] }
///     }
///
/// It begins when all its limits allow it. They hold in its queue; those of a key should be the same for all jobs.
public protocol LimitedJob: Job {
    /// At most 16; those after them are not heeded.
    var limits: [Limit] { get }
}
