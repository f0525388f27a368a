import Platform
import RedisClient

/// What became of the jobs.
extension Stage {
    var executions: Executions { Executions(file: site.dataFolder + "/journal") }

    /// Waits until the queue holds no job any more.
    /// - Returns: false when it still does.
    func settle(within limit: Duration) async throws -> Bool {
        let end = MonotonicTime.now + limit
        while MonotonicTime.now < end {
            if try await stored == 0 { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Jobs that wait or run.
    var stored: Int {
        get async throws {
            let script = """
                return redis.call('XLEN', KEYS[1]) + redis.call('XLEN', KEYS[1] .. ':admitted')
                    + redis.call('ZCARD', KEYS[1] .. ':later') + redis.call('HLEN', KEYS[1] .. ':blocked:jobs')
                """
            return try await redis.call("EVAL", script, "1", "cw:{default}").integer ?? 0
        }
    }

    /// Waits for all jobs, and says what became of them.
    /// - Parameter window: how many acknowledged jobs may be lost.
    func check(_ verdict: inout Verdict, within limit: Duration, window: Int = 0) async throws -> Checker {
        let isSettled = try await settle(within: limit)
        let dump = try await QueueDump(from: redis)
        verdict.expect(isSettled, "\(dump.live) jobs were not done \(limit) later, \(dump.held.count) of them held")
        // Where workers are still at it, what is done is read last, so that no job is missed between two places.
        let live = isSettled ? [] : try await liveKeys()
        let checker = Checker(
            acked: journal.keys(.acked), unknown: journal.keys(.unknown), executions: executions, dump: dump, live: live
        )
        checker.judge(&verdict, window: window)
        return checker
    }

    /// The keys of the jobs that are still in the stream.
    private func liveKeys() async throws -> Set<String> {
        let script = """
            local keys = {}
            for _, lane in ipairs({KEYS[1], KEYS[1] .. ':admitted'}) do
                for _, entry in ipairs(redis.call('XRANGE', lane, '-', '+')) do
                    for at = 1, #entry[2], 2 do
                        if entry[2][at] == 'args' then keys[#keys + 1] = cjson.decode(entry[2][at + 1]).key end
                    end
                end
            end
            return keys
            """
        return Set(try await redis.call("EVAL", script, "1", "cw:{default}").elements.compactMap(\.string))
    }
}
