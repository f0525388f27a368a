internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import Synchronization

/// Puts the jobs of many requests into Redis together: while one portion is under way the next gathers, so that a round trip
/// and a wake-up serve all that came meanwhile.
final class IntakeLane: Sendable {
    typealias Answer = @Sendable (Result<EnqueueAnswer, RedisError>) -> Void
    private typealias Portion = (jobs: [NewJob], answers: [Answer])

    private struct State {
        var waiting: Portion = ([], [])
        var isEmptying = false
    }

    private let redis: RedisClient
    private let loop: EventLoop
    private let state = Mutex(State())

    /// - Parameter redis: on the loop.
    init(_ redis: RedisClient, loop: EventLoop) { (self.redis, self.loop) = (redis, loop) }

    /// Ends its connection: what comes from now on fails.
    func close() { redis.close() }

    /// - Parameter answer: called once, when Redis has the job or the attempt has failed.
    func add(_ job: NewJob, answer: @escaping Answer) {
        let mustStart = state.withLock { state in
            state.waiting.jobs.append(job)
            state.waiting.answers.append(answer)
            defer { state.isEmptying = true }
            return !state.isEmptying
        }
        // On behalf of many: what it logs is about no single request.
        guard mustStart else { return }
        LogContext.$subject.withValue(nil) { _ = Task(executorPreference: loop) { await self.empty() } }
    }

    private func empty() async {
        while let portion = nextPortion() {
            for (queue, (jobs, answers)) in Self.byQueue(portion) {
                let results = await JobQueue(queue, client: redis).enqueue(reportingContentsOf: jobs)
                for (answer, result) in zip(answers, results) { answer(result) }
            }
        }
    }

    private func nextPortion() -> Portion? {
        state.withLock { state in
            guard !state.waiting.jobs.isEmpty else {
                state.isEmptying = false
                return nil
            }
            defer { state.waiting = ([], []) }
            return state.waiting
        }
    }

    /// Most often all are of one.
    private static func byQueue(_ portion: Portion) -> [(QueueName, Portion)] {
        let first = portion.jobs[0].queue
        guard portion.jobs.contains(where: { $0.queue != first }) else { return [(first, portion)] }
        var portions: [QueueName: Portion] = [:]
        for (job, answer) in zip(portion.jobs, portion.answers) {
            portions[job.queue, default: ([], [])].jobs.append(job)
            portions[job.queue]?.answers.append(answer)
        }
        return portions.map { ($0.key, $0.value) }
    }
}
