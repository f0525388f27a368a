/// To what something is done: ids, types and filters, never payloads and nothing of a person's. What is erased must not live
/// on in the audit trail.
public struct AuditTarget: Sendable, Equatable {
    static let mostJobs = 100

    /// A queue, a type, a filter; nil where there is nothing to say.
    public let text: String?
    /// The first ones.
    public let jobs: [String]
    /// All of them.
    public let jobCount: Int

    public init(_ text: String? = nil, jobs: [String] = []) {
        self.text = text?.shortened(to: 1000)
        self.jobs = jobs.prefix(Self.mostJobs).map { $0.shortened(to: 200) }
        jobCount = jobs.count
    }
}

extension String {
    /// What somebody else wrote may be of any length.
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count - 1) + "…" }
}

/// What is called by the same words, whoever asks for it: the shell or the API.
extension AuditTarget {
    /// - Parameter type: nil for the whole queue.
    public static func queue(_ queue: String, type: String? = nil) -> Self {
        Self(type.map { "\($0) in \(queue)" } ?? queue)
    }

    public static func schedule(_ name: String, in queue: String) -> Self { Self("schedule \(name) in \(queue)") }

    public static func batch(_ id: String) -> Self { Self("batch \(id)") }

    public static func replay(_ id: String) -> Self { Self("replay \(id)") }
}
