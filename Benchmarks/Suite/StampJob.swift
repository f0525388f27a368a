internal import Jobs
internal import Platform
internal import Synchronization

/// A job that tells how long it waited: its producer and its worker share this process, and so a clock.
struct StampJob: Job {
    static let type: JobType = "bench.stamp"
    static let payloadSchema = PayloadSchema.any

    var sentNanoseconds = MonotonicTime.now.nanoseconds
}

struct StampHandler: JobHandler {
    let waits: Waits

    func handle(_ job: StampJob, context: JobContext) async throws -> Outcome {
        waits.add(MonotonicTime.now.since(MonotonicTime(nanoseconds: job.sentNanoseconds)).seconds * 1000)
        return .success()
    }
}

final class Waits: Sendable {
    private let milliseconds = Mutex<[Double]>([])

    func add(_ wait: Double) { milliseconds.withLock { $0.append(wait) } }

    func removeAll() { milliseconds.withLock { $0 = [] } }

    var count: Int { milliseconds.withLock { $0.count } }

    /// The wait that `part` of them did not exceed, in milliseconds.
    func percentile(_ part: Double) -> Double {
        let sorted = milliseconds.withLock { $0.sorted() }
        return sorted.isEmpty ? .infinity : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }
}
