/// Names one run of one worker process, for good: a process that starts again, even with the same process id on the
/// same host, is another worker.
public struct WorkerID: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// - Parameters:
    ///   - host: where the worker runs; only for people to read.
    ///   - process: its process id; only for people to read.
    public init(host: String, process: Int32) {
        let boot = UInt64.random(in: .min ... .max)
        description = "\(host.prefix(40)):\(process):\(String(boot, radix: 36))"
    }
}
