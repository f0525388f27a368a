import RedisClient

/// What the clock would do, done by the test.
extension Simulation {
    private static let never = 9_000_000_000_000

    /// Replaces the time at which the job that was just put off is due by its place in the order.
    func schedule(_ number: Int, isDue: Bool, roundedUp: Bool = false) async throws {
        let order = nextOrder()
        let answer = try await client.call(
            "EVAL", Self.scheduling, "1", queue.keys.later, String(isDue ? order : Self.never + order))
        let label = model[number].label
        try promise(
            answer.count == 2, "\(label) was put off, and \(answer.count / 2) jobs are new among those that wait")
        var parts = answer.elements
        model[number].member = parts.next()?.string
        let away = parts.next()?.integer ?? 0
        try promise((away <= (roundedUp ? 1 : 0)) == isDue, "\(label) is due in \(away) ms")
        try promise(away <= Self.delay(false).components.seconds * 1000, "\(label) is due in \(away) ms")
    }

    private static let scheduling = """
        local time, found = redis.call('TIME'), {}
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '1e11', '8e12')) do
            found[#found + 1] = member
            found[#found + 1] = math.floor(redis.call('ZSCORE', KEYS[1], member) - time[1] * 1000 - time[2] / 1000)
            redis.call('ZADD', KEYS[1], ARGV[1], member)
        end
        return found
        """

    /// Lets the time of waiting jobs come.
    func makeDue(_ numbers: [Int]) async throws {
        for number in numbers {
            guard let member = model[number].member else { continue }
            _ = try await client.call("ZADD", queue.keys.later, "XX", String(nextOrder()), member)
            model[number].place = .later(isDue: true)
        }
    }

    /// Lets leases run out.
    func expire(_ numbers: [Int]) async throws {
        var pipeline = RedisPipeline()
        for number in numbers {
            guard case .held(let holder) = model[number].place, let entry = model[number].entry,
                let worker = (workers + ghosts).first(where: { $0.name == holder })
            else { continue }
            let idle = String(2 * Self.lease.components.seconds * 1000)
            pipeline.add(
                "XCLAIM", entry.stream(of: queue), "workers", worker.id.description, "0", entry.id, "IDLE", idle,
                "JUSTID")
            model[number].isExpired = true
            model[number].isHandedOver = false
        }
        guard pipeline.count > 0 else { return }
        if let error = try await client.send(pipeline).firstError { throw error }
    }
}
