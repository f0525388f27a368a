import JobQueue
import Jobs
import Platform
import TestSupport

extension Stage {
    /// How long each of some jobs, enqueued one after the other, waited for its beginning.
    func waits(_ count: Int, named prefix: String) async throws -> [Duration] {
        var asked: [String: MonotonicTime] = [:]
        let queue = JobQueue(.default, client: redis)
        for number in 0..<count {
            asked["\(prefix)\(number)"] = .now
            _ = try await queue.enqueue(job("\(prefix)\(number)", milliseconds: 0))
            try await Task.sleep(for: .milliseconds(20))
        }
        for key in asked.keys { journal.note(key, .acked) }
        try await eventually("the jobs are done") {
            executions.effects.keys.count { $0.hasPrefix(prefix) } == count
        }
        return executions.all.compactMap { run in asked[run.key].map { run.began.since($0) } }.sorted()
    }
}
