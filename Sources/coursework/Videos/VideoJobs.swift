import JobQueue
import Jobs
import VideoRecord
import VideoWorker

/// What Redis says of the jobs of videos.
struct VideoJobs {
    private var states: [String: JobState?] = [:]

    /// - Parameter jobs: as the tables name them.
    init(_ jobs: some Sequence<String>, _ setup: Setup) async throws {
        let ids = Set(jobs)
        guard !ids.isEmpty else { return }
        states = try await setup.withRedis("videos") { client, _ in
            var states: [String: JobState?] = [:]
            for text in ids {
                let state = try await Self.state(text) {
                    try await JobQueue($0.queue, client: client).describe($0)?.state
                }
                states.updateValue(state, forKey: text)
            }
            return states
        }
    }

    private static func state(_ text: String, _ ask: (JobID) async throws -> JobState?) async throws -> JobState? {
        guard let id = JobID(text) else { return nil }
        return try await ask(id)
    }

    /// Whether nobody writes in its name any more.
    func hasEnded(_ job: String) -> Bool { (states[job] ?? nil)?.hasEnded ?? true }

    /// Whether a person may have it go on.
    func isDead(_ job: String) -> Bool { states[job] ?? nil == .dead }

    /// How a job ended that did not say so itself; nil for one that waits or runs.
    func end(of job: String) -> VideoUpkeep.End? {
        guard hasEnded(job) else { return nil }
        return switch states[job] ?? nil {
        case .cancelled: .cancelled
        case .dead: .failed(reason: "The job is dead: coursework dead show \(job) tells why.")
        case let state?: .failed(reason: "The job ended \(state.rawValue), and published nothing.")
        case nil: .failed(reason: "The job is gone: Redis does not know it any more.")
        }
    }
}
