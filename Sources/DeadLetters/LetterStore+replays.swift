public import RedisClient

/// The verbs of a replay; ``Replay`` puts them together.
extension LetterStore {
    /// The replays of this queue that are remembered, the latest first.
    public func replays(atMost limit: Int = .max) async throws(RedisError) -> [ReplayState] {
        var states: [ReplayState] = []
        let last = limit == .max ? -1 : limit - 1
        for id in try await client.call("LRANGE", queue.keys.replays, "0", "\(last)").elements.compactMap(\.string) {
            if let state = try await replay(id) { states.append(state) }
        }
        return states
    }

    public func replay(_ id: String) async throws(RedisError) -> ReplayState? {
        var (fields, elements) = (
            [String: String](), try await client.call("HGETALL", queue.keys.replay(id)).elements
        )
        while let name = elements.next()?.string, let value = elements.next()?.string { fields[name] = value }
        return ReplayState(id: id, queue: name, fields)
    }

    /// Ends a replay that is running, whoever drives it.
    /// - Returns: whether there is such a replay and it was not done before.
    public func abort(replay id: String, by who: String) async throws(RedisError) -> Bool {
        try await call("cw_replay_end", [id, "", "aborted", who]).string == "aborted"
    }

    func begin(
        replay id: String, driver: String, _ filter: DeadFilter, rate: ReplayRate?, by who: String
    ) async throws(RedisError) {
        _ = try await call(
            "cw_replay_begin",
            [id, driver, "who", who, "filter", filter.json, "rate", rate?.description ?? ""])
    }

    func resume(replay id: String, driver: String) async throws(RedisError) {
        _ = try await call("cw_replay_resume", [id, driver])
    }

    func finish(replay id: String, driver: String, by who: String) async throws(RedisError) {
        _ = try await call("cw_replay_end", [id, driver, "done", who])
    }

    /// What the function answers to a portion.
    struct ReplayAnswer: Sendable {
        /// `running`, or why nothing was done.
        let state: String
        /// Letters seen to, from the first.
        let handled: Int
        /// By this replay in all.
        let replayed: Int
        let passedOver: Int
        /// It stopped because enough jobs that were replayed wait.
        let isWaiting: Bool
        /// What some of them wait behind; nil when they wait for a worker.
        let gate: String?
    }

    /// Replays letters; with none it asks how the replay stands.
    /// - Parameters:
    ///   - mostWaiting: how many jobs that were replayed may wait; 0 for any number.
    ///   - examined: how many were looked at to find them, the last of them at the cursor.
    func replay(
        _ letters: ArraySlice<DeadLetter>, id: String, driver: String, mostWaiting: Int, examined: Int,
        cursor: LetterCursor?
    ) async throws(RedisError) -> ReplayAnswer {
        let answer = try await call("cw_replay", arguments: 6 + 2 * letters.count) { pipeline in
            for word in [id, driver, "\(mostWaiting)", "\(examined)", cursor?.buried ?? "", cursor?.member ?? ""] {
                pipeline.append(word)
            }
            append(letters, to: &pipeline)
        }
        var values = answer.elements
        let state = values.next()?.string ?? ""
        let numbers = values.prefix(4).compactMap(\.integer)
        guard numbers.count == 4 else {
            throw RedisError(.protocolViolation, "cw_replay did not answer with a state and four numbers.")
        }
        let gate = Array(answer.elements).last?.string ?? ""
        return ReplayAnswer(
            state: state, handled: numbers[0], replayed: numbers[1], passedOver: numbers[2],
            isWaiting: numbers[3] == 1, gate: gate.isEmpty ? nil : gate)
    }
}
