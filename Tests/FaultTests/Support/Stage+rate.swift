import JobQueue
import Jobs
import Platform
import TestSupport

extension Stage {
    /// How fast jobs that do nothing are done, while something else goes on.
    /// - Returns: jobs a second, from the first that began to the last that ended; 0 when they are not done in time.
    func rate(of count: Int, named prefix: String) async throws -> Double {
        await enqueue(count, named: prefix) { _ in 0 }
        // Reading the journal would cost the worker more than what it is measured beside.
        let queue = JobQueue(.default, client: redis)
        let isDone: Void? = try? await eventually(within: .seconds(30), "the jobs are done") {
            try await queue.statistics().isIdle
        }
        guard isDone != nil else { return 0 }
        let runs = executions.all.filter { $0.key.hasPrefix(prefix) }
        guard let first = runs.map(\.began).min(), let last = runs.compactMap(\.end?.time).max() else { return 0 }
        return Double(count) / last.since(first).seconds
    }
}
