/// Names one run of one worker process, for good: a process that starts again, even with the same process id on the
/// same host, is another worker.
public struct WorkerID: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// - Parameters:
    ///   - host: where the worker runs; only for people to read.
    ///   - process: its process id; only for people to read.
    ///   - boot: what makes it unique; whoever starts a worker and must know its name says it to both.
    public init(host: String, process: Int32, boot: String = WorkerID.newBoot()) {
        description = "\(host.prefix(40)):\(process):\(boot)"
    }

    /// The worker that had been named like this.
    public init(description: String) { self.description = description }

    public static func newBoot() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
