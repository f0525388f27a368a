internal import Jobs
public import RedisClient

/// What the end of a job wants done in other queues: the next job of its chain, a callback of its batch.
///
/// It is written in the step that ends the job, and carried over by any worker: enqueued there, then removed here. The
/// other queue knows what it was brought, so whoever dies in between loses nothing and does nothing twice.
extension JobQueue {
    private static let carriedAtOnce = 100

    private struct Outgoing {
        let entry: String
        let queue: QueueName
        let job: ArraySlice<UInt8>
    }

    /// Carries all that waits to its queues. Safe to run everywhere at once.
    /// - Throws: the first error; what it concerns stays, all else was carried over.
    public func carryOver() async throws(RedisError) {
        var first = "-"
        // All before it has been carried over.
        var floor = "0"
        var failure: RedisError?
        while true {
            let page = try await outgoing(from: first)
            guard let last = page.last?.entry else { break }
            if failure == nil { floor = Self.milliseconds(of: page[0].entry) }
            for (queue, jobs) in Dictionary(grouping: page, by: \.queue) {
                do throws(RedisError) { try await deliver(jobs, to: queue, floor: floor) } catch {
                    failure = failure ?? error
                }
            }
            first = "(" + last
        }
        if let failure { throw failure }
    }

    private func outgoing(from first: String) async throws(RedisError) -> [Outgoing] {
        try await client.call("XRANGE", keys.outgoing, first, "+", "COUNT", "\(Self.carriedAtOnce)").elements.compactMap
        {
            var parts = $0.elements
            guard let entry = parts.next()?.string, var fields = parts.next()?.elements, fields.next() != nil,
                let queue = fields.next()?.string.flatMap(QueueName.init), fields.next() != nil,
                let job = fields.next()?.bytes
            else { return nil }
            return Outgoing(entry: entry, queue: queue, job: job)
        }
    }

    private static func milliseconds(of entry: String) -> String { String(entry.prefix { $0 != "-" }) }

    private func deliver(_ jobs: [Outgoing], to target: QueueName, floor: String) async throws(RedisError) {
        var pipeline = RedisPipeline()
        JobQueue(target, client: client).begin("cw_deliver", arguments: 2 + 2 * jobs.count, in: &pipeline)
        pipeline.append(name.name)
        pipeline.append(floor)
        for job in jobs {
            pipeline.append(job.entry)
            pipeline.append(job.job)
        }
        _ = try await library.send(pipeline)
        var removal = RedisPipeline()
        removal.add(["XDEL", keys.outgoing] + jobs.map(\.entry))
        if let error = try await client.send(removal).firstError { throw error }
    }
}
