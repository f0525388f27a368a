import JobQueue
import Jobs
import QuizRecord

/// What became of regrades that run by their rows. Who runs one writes how it ended, unless its job died, was lost, or was
/// cancelled while it waited.
struct RegradeStates {
    let setup: Setup
    let record: QuizRecord

    /// The regrades as they are: `dead` where the job is a dead letter, `stopped` where there is none any more.
    func settle(_ regrades: [RegradeDescription]) async throws -> [RegradeDescription] {
        let ids = Set(regrades.filter { $0.state == "running" }.compactMap { JobID($0.job) })
        guard !ids.isEmpty, let jobs = try await states(of: ids) else { return regrades }
        var settled: [RegradeDescription] = []
        for regrade in regrades {
            if let id = JobID(regrade.job), let job = jobs[id] {
                settled.append(try await settle(regrade, job))
            } else {
                settled.append(regrade)
            }
        }
        return settled
    }

    /// - Parameter job: nil when there is no such job.
    private func settle(_ regrade: RegradeDescription, _ job: JobState?) async throws -> RegradeDescription {
        guard job?.hasEnded ?? true else { return regrade }
        // It may have ended while we asked.
        var now = try await record.regrade(regrade.id) ?? regrade
        if now.state == "running" { now.state = job == .dead ? "dead" : "stopped" }
        return now
    }

    /// - Returns: nil when Redis does not tell.
    private func states(of ids: Set<JobID>) async throws -> [JobID: JobState?]? {
        do {
            return try await setup.withRedis("quiz") { client, _ in
                var states: [JobID: JobState?] = [:]
                for id in ids {
                    states.updateValue(try await JobQueue(id.queue, client: client).describe(id)?.state, forKey: id)
                }
                return states
            }
        } catch {
            Terminal.complain("Whether what is running has a job still, Redis does not tell: \(error)")
            return nil
        }
    }
}
