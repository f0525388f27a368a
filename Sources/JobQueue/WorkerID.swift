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

    /// Where it runs, and as which process; empty and 0 for a name that says neither.
    public var host: String { parts.count == 3 ? String(parts[0]) : "" }
    public var process: Int { parts.count == 3 ? Int(parts[1]) ?? 0 : 0 }

    /// A host's name may hold colons, as an address of IPv6.
    private var parts: [Substring] {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return [] }
        return [description[..<parts[parts.count - 3].endIndex], parts[parts.count - 2], parts[parts.count - 1]]
    }

    public static func newBoot() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
