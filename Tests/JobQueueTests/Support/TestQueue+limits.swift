import JobQueue
import Jobs
import Platform
import RedisClient

extension TestQueue {
    /// Claims what is ready and asks for its passes.
    /// - Returns: the jobs that may begin.
    @discardableResult
    func enter(_ count: Int = 100, _ limits: Limit..., by worker: WorkerID? = nil) async throws -> [ClaimedJob] {
        let worker = worker ?? ada
        return try await enter(claim(count, by: worker), limits, by: worker)
    }

    func enter(_ jobs: [ClaimedJob], _ limits: [Limit], by worker: WorkerID) async throws -> [ClaimedJob] {
        let admissions = try await queue.enter(jobs.map { ($0, limits) }, by: worker)
        return zip(jobs, admissions.all).filter { $0.1 == .entered }.map(\.0)
    }

    func limit(_ key: String) async throws -> LimitStatus? { try await queue.limits().first { $0.key == key } }

    /// How many hold a pass of the limit, and how many wait for one.
    func counts(_ key: String = "k") async throws -> [Int] {
        try await limit(key).map { [$0.running, $0.waiting] } ?? []
    }
}

extension Array<ClaimedJob> {
    /// Of jobs that had been enqueued as `1-0`, `2-0`, …
    var ids: [String] { map(\.token) }
}
