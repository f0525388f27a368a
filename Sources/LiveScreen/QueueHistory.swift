package import Reports

/// How fast the jobs of queues are done and fail, from figures that only count.
package struct QueueHistory: Sendable {
    /// Jobs a second.
    package struct Rate: Sendable, Equatable {
        package var done = 0.0
        package var failed = 0.0
    }

    private struct Look: Sendable {
        let seconds: Double
        let done: Int
        let failed: Int
    }

    /// As many as any screen is wide.
    private static let most = 300

    private var last: [String: Look] = [:]
    private var rates: [String: [Rate]] = [:]

    package init() {}

    /// - Parameter seconds: when they were so, by a clock that is never set.
    package mutating func note(_ rows: [(name: String, report: QueueReport)], at seconds: Double) {
        for row in rows {
            let look = Look(seconds: seconds, done: row.report.done, failed: row.report.failed)
            defer { last[row.name] = look }
            guard let before = last[row.name], look.seconds > before.seconds else { continue }
            let time = look.seconds - before.seconds
            // A Redis that was emptied counts from nothing again.
            let rate = Rate(
                done: Double(max(0, look.done - before.done)) / time,
                failed: Double(max(0, look.failed - before.failed)) / time)
            rates[row.name] = ((rates[row.name] ?? []) + [rate]).suffix(Self.most)
        }
    }

    /// Those of a queue, the oldest first.
    package func rates(of name: String) -> [Rate] { rates[name] ?? [] }

    /// Nil before there are two looks to compare.
    package func rate(of name: String) -> Rate? { rates[name]?.last }
}
