internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import Synchronization

/// Puts the jobs of many requests into Redis together: while one portion is under way the next gathers, so that a round trip
/// and a wake-up serve all that came meanwhile.
final class JobIntake: Sendable {
    typealias Answer = @Sendable (Result<EnqueueAnswer, RedisError>) -> Void

    private struct State {
        var waiting: [QueueName: (jobs: [NewJob], answers: [Answer])] = [:]
        var isEmptying = false
    }

    private let redis: RedisClient
    private let loop: EventLoop
    private let state = Mutex(State())

    init(_ redis: RedisClient, loop: EventLoop) { (self.redis, self.loop) = (redis, loop) }

    /// - Parameter answer: called once, when Redis has the job or the attempt has failed.
    func add(_ job: NewJob, answer: @escaping Answer) {
        let mustStart = state.withLock { state in
            state.waiting[job.queue, default: ([], [])].jobs.append(job)
            state.waiting[job.queue]?.answers.append(answer)
            defer { state.isEmptying = true }
            return !state.isEmptying
        }
        // On behalf of many: what it logs is about no single request.
        guard mustStart else { return }
        LogContext.$subject.withValue(nil) { _ = Task(executorPreference: loop) { await self.empty() } }
    }

    private func empty() async {
        while let portion = nextPortion() {
            for (queue, (jobs, answers)) in portion {
                let results = await JobQueue(queue, client: redis).enqueue(reportingContentsOf: jobs)
                for (answer, result) in zip(answers, results) { answer(result) }
            }
        }
    }

    private func nextPortion() -> [QueueName: (jobs: [NewJob], answers: [Answer])]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isEmptying = false
                return nil
            }
            defer { state.waiting = [:] }
            return state.waiting
        }
    }
}
