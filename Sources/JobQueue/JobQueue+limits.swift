public import Jobs
public import Platform
public import RedisClient

/// Limits: what a worker asks before a limited job begins, and what people see of them.
extension JobQueue {
    /// Jobs that may ask in one call.
    public static let limitedJobsACall = 50

    /// What a limited job was told.
    public enum Admission: Int, Sendable {
        /// The worker does not hold it any more.
        case lost
        /// It has its passes, and may begin.
        case entered
        /// It waits in Redis.
        case blocked
    }

    public struct Admissions: Sendable {
        /// In the order of the jobs.
        public let all: [Admission]
        /// When the next of those that wait for a rate may go on; nil when none does.
        public let nextDue: Duration?
    }

    /// Asks for the passes of claimed jobs; at most ``limitedJobsACall``. Safe to repeat.
    /// - Parameter deadline: when it is too late to ask; nil is after the client's command timeout.
    public func enter(
        _ jobs: some Collection<(job: ClaimedJob, limits: [Limit])>, by worker: WorkerID, deadline: MonotonicTime? = nil
    ) async throws(RedisError) -> Admissions {
        var pipeline = RedisPipeline()
        let arguments = jobs.reduce(1) { $0 + 2 + 2 * $1.limits.count }
        begin("cw_enter", arguments: arguments, in: &pipeline)
        pipeline.append(worker.description)
        for (job, limits) in jobs {
            pipeline.append(job.entry)
            pipeline.append(limits.count)
            for limit in limits {
                pipeline.append(limit.key)
                pipeline.append(limit.terms)
            }
        }
        var answer = try await library.send(pipeline, deadline: deadline).elements
        let all = answer.next()?.elements.compactMap { $0.integer.flatMap(Admission.init) } ?? []
        guard all.count == jobs.count, let due = answer.next()?.integer else {
            throw RedisError(.protocolViolation, "cw_enter did not answer for every job.")
        }
        return Admissions(all: all, nextDue: due < 0 ? nil : .milliseconds(due))
    }

    /// The limits that jobs of this queue asked for of late.
    public func limits() async throws(RedisError) -> [LimitStatus] {
        var all: [String: LimitStatus] = [:]
        var cursor = "0"
        repeat {
            let page = try await limits(from: &cursor)
            for limit in page { all[limit.key] = limit }
        } while cursor != "0"
        return all.values.sorted { $0.key < $1.key }
    }

    /// Some of them; `cursor` is "0" to begin with, and again when that was all.
    public func limits(from cursor: inout String) async throws(RedisError) -> [LimitStatus] {
        var answer = try await call("cw_limits", cursor).elements
        cursor = answer.next()?.string ?? "0"
        return answer.next()?.elements.compactMap(LimitStatus.init) ?? []
    }

    /// Changes what a limit allows, for those too who wait for it; nil allows everything.
    public func redefine(_ key: String, as limit: Limit?) async throws(RedisError) {
        _ = try await call("cw_define", key, limit?.terms ?? "")
    }

    /// Takes back the passes of jobs that are gone, and forgets limits that nobody asks for any more.
    public func sweepLimits() async throws(RedisError) {
        var cursor = "0"
        repeat { cursor = try await call("cw_sweep", cursor).string ?? "0" } while cursor != "0"
    }
}

extension Limit {
    /// As the functions in Redis read it: see limits.lua.
    var terms: String {
        "\(concurrency ?? 0) \(rate?.count ?? 0) \(rate?.period.milliseconds ?? 0) \(rate?.burst ?? 0)"
    }

    init?(_ key: String, terms: String) {
        let numbers = terms.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }), numbers[0] + numbers[1] > 0 else { return nil }
        let isRated = numbers[1] > 0 && numbers[2] > 0 && numbers[3] > 0
        let rate = isRated ? Rate(numbers[1], per: .milliseconds(numbers[2]), burst: numbers[3]) : nil
        self.init(key, concurrency: numbers[0] > 0 ? numbers[0] : nil, rate: rate)
    }
}
