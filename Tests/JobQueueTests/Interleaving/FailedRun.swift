import RedisClient

/// Why a seed failed, what led to it, and how to see it again.
struct FailedRun: Error, CustomStringConvertible {
    let seed: UInt64
    let step: Int
    let reason: any Error
    let trace: [String]

    /// The queue failed, and not the connection to it.
    var isOurs: Bool { (reason as? RedisError).map { !$0.isTransient } ?? true }

    var description: String {
        """
        seed \(seed), step \(step): \(reason)
        replay: COURSEWORK_SEED=\(seed) swift test --filter InterleavingTests
        the last steps:
        \(trace.suffix(40).joined(separator: "\n"))
        """
    }
}
