internal import Jobs
public import RedisClient

/// What the end of a job wants done in other queues: the next job of its chain, a callback of its batch.
///
/// It is written in the step that ends the job, and carried over by any worker: enqueued there, then removed here. The
/// other queue knows what it was brought, so whoever dies in between loses nothing and does nothing twice. What its queue
/// cannot take now stays until it can.
extension JobQueue {
    private struct Outgoing {
        let entry: String
        let target: String
        let job: ArraySlice<UInt8>

        init?(_ value: RedisValue) {
            var parts = value.elements
            guard let entry = parts.next()?.string, let target = parts.next()?.string, let job = parts.next()?.bytes
            else { return nil }
            (self.entry, self.target, self.job) = (entry, target, job)
        }
    }

    /// Carries all that waits to its queues. Safe to run everywhere at once.
    /// - Throws: the first error; what it concerns stays, all else was carried over.
    public func carryOver() async throws(RedisError) {
        var first = "-"
        // All before it has been carried over.
        var floor = "0"
        var failure: RedisError?
        repeat {
            var answer = try await call("cw_outgoing", first).elements
            let page = answer.next()?.elements.compactMap(Outgoing.init) ?? []
            first = answer.next()?.string ?? ""
            if failure == nil, let oldest = page.first { floor = String(oldest.entry.prefix { $0 != "-" }) }
            for (target, jobs) in Dictionary(grouping: page, by: \.target) {
                do throws(RedisError) { try await carry(jobs, to: target, floor: floor) } catch {
                    failure = failure ?? error
                }
            }
        } while !first.isEmpty
        if let failure { throw failure }
    }

    /// - Throws: when some of them must be brought again.
    private func carry(_ jobs: [Outgoing], to target: String, floor: String) async throws(RedisError) {
        guard let queue = QueueName(target) else { throw stuck(jobs.count, for: target, "that is no name of a queue") }
        var refused: Set<String> = []
        do throws(RedisError) { refused = try await deliver(jobs, to: queue, floor: floor) } catch {
            throw error.isTransient ? error : stuck(jobs.count, for: target, error.message, error.code)
        }
        let brought = jobs.map(\.entry).filter { !refused.contains($0) }
        if !brought.isEmpty {
            var removal = RedisPipeline()
            removal.add(["XDEL", keys.outgoing] + brought)
            if let error = try await client.send(removal).firstError { throw error }
        }
        if !refused.isEmpty {
            throw stuck(refused.count, for: target, "a key that their options name holds something else")
        }
    }

    /// - Returns: the entries of those that must be brought again.
    private func deliver(
        _ jobs: [Outgoing], to target: QueueName, floor: String
    ) async throws(RedisError) -> Set<String> {
        var pipeline = RedisPipeline()
        JobQueue(target, client: client).begin("cw_deliver", arguments: 2 + 2 * jobs.count, in: &pipeline)
        pipeline.append(name.name)
        pipeline.append(floor)
        for job in jobs {
            pipeline.append(job.entry)
            pipeline.append(job.job)
        }
        var answer = try await library.send(pipeline).elements
        _ = answer.next()
        return Set(answer.next()?.elements.compactMap(\.string) ?? [])
    }

    private func stuck(
        _ count: Int, for target: String, _ reason: String, _ code: RedisError.Code = .wrongType
    ) -> RedisError {
        RedisError(
            code, "What follows jobs of the queue \(name) waits for the queue \(target), \(count) jobs: \(reason).")
    }
}
