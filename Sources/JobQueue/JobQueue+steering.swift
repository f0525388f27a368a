public import Jobs
public import RedisClient

/// What people may ask of a queue while it works.
extension JobQueue {
    /// What became of a job that was to be cancelled.
    public enum Cancellation: Sendable, Equatable {
        /// It will not run.
        case cancelled
        /// A worker has it, and is told within about a second. It may still end in another way first.
        case cancelling
        /// It had ended already.
        case ended(JobState)
        /// This queue has no such job; one that is not tracked leaves nothing behind when it ends.
        case unknown
    }

    public func cancel(_ id: JobID) async throws(RedisError) -> Cancellation {
        let answer = try await cancel(id, entry: "")
        guard answer == .unknown, let entry = try await findEntry(of: id) else { return answer }
        return try await cancel(id, entry: entry)
    }

    private func cancel(_ id: JobID, entry: String) async throws(RedisError) -> Cancellation {
        switch try await call("cw_cancel", id.token, entry).string ?? "" {
        case "cancelled": .cancelled
        case "cancelling": .cancelling
        case let state: JobState(rawValue: state).map { .ended($0) } ?? .unknown
        }
    }

    /// No job of it begins any more, within about a second; those that run go on.
    /// - Returns: false when it was paused already.
    @discardableResult
    public func pause(_ what: Pausable = .queue) async throws(RedisError) -> Bool {
        try await call("cw_pause", what.key).integer == 1
    }

    /// - Returns: false when it was not paused.
    @discardableResult
    public func resume(_ what: Pausable = .queue) async throws(RedisError) -> Bool {
        let wasPaused = try await call("cw_resume", what.key).integer == 1
        if case .type(let type) = what { try await unblock(type) }
        return wasPaused
    }

    /// Makes the jobs of a type that was resumed ready again. Safe to run everywhere at once.
    public func unblock(_ type: JobType) async throws(RedisError) {
        // Few at a time, since each may be as large as a job can be.
        while try await call("cw_unblock", Pausable.type(type).key, "100").integer ?? 0 > 0 {}
    }

    /// Looks for a job through all that wait or run: only one whose producer chose its id in a plain `XADD` is not found
    /// otherwise.
    func findEntry(of id: JobID) async throws(RedisError) -> String? {
        var first = "-"
        repeat {
            var answer = try await call("cw_find", id.token, first).elements
            if let entry = answer.next()?.string, !entry.isEmpty { return entry }
            first = answer.next()?.string ?? ""
        } while !first.isEmpty
        return nil
    }
}
