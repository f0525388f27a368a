import JobQueue
import RedisClient
import TestSupport

/// Two ends, a renewal and a rescue of the same jobs: from four connections at the same moment, or through one in an order
/// drawn from the seed, since a busy machine may serve the four one after another.
struct Race {
    /// Who had the last word on how many jobs.
    typealias Winners = [String: Int]

    let q: TestQueue
    /// One connection a contender.
    let clients: [RedisClient]
    var chance: SeededGenerator

    /// With `finishing` the first end is `cw_finish`, which proves each time that the worker holds the job, and not
    /// `cw_complete`, which takes a worker at its word that lost nothing.
    mutating func run(_ count: Int, finishing: Bool, atOnce: Bool) async throws -> Winners {
        _ = try await q.client.call("FLUSHDB")
        try await q.seed(count)
        let entries = try await q.claim(count, by: q.ada).map(\.entryText)
        try await expire(entries)
        let calls = [
            entries.map { finishing ? end("cw_finish", $0, "done", "") : complete($0) },
            entries.map { end("cw_retry", $0, "0", "1", "e") },
            entries.map { ["FCALL", "cw_renew", "1", q.queue.keys.stream, q.ada.description, "", $0] },
            entries.map { _ in
                [
                    "FCALL", "cw_rescue", "1", q.queue.keys.stream, q.bob.description, "3600000", "1", "1000", "1000",
                    "with",
                ]
            },
        ]
        let answers = try await atOnce ? fire(calls) : shuffle(calls)
        return try judge(entries, answers, finishing: finishing)
    }

    private func complete(_ entry: String) -> [String] {
        ["FCALL", "cw_complete", "1", q.queue.keys.stream, q.ada.description, "done", "1", entry]
    }

    private func end(_ function: String, _ entry: String, _ arguments: String...) -> [String] {
        ["FCALL", function, "1", q.queue.keys.stream, q.ada.description, entry] + arguments
    }

    private func expire(_ entries: [String]) async throws {
        var pipeline = RedisPipeline()
        pipeline.add(
            ["XCLAIM", q.queue.keys.stream, "workers", q.ada.description, "0"] + entries
                + ["IDLE", "7200000", "JUSTID"])
        if let error = try await q.client.send(pipeline).firstError { throw error }
    }

    /// Sends each list of calls on its own connection, in an order of its own and a few at a time.
    /// - Returns: the answers in the order of the calls.
    private mutating func fire(_ calls: [[[String]]]) async throws -> [[RedisValue]] {
        let plans = calls.map { Volley($0, using: &chance) }
        return try await withThrowingTaskGroup { group in
            for (index, plan) in plans.enumerated() {
                let client = clients[index]
                group.addTask { (index, try await plan.send(through: client)) }
            }
            return try await group.reduce(into: Array(repeating: [], count: calls.count)) { $0[$1.0] = $1.1 }
        }
    }

    /// Sends all calls on one connection, in an order drawn from the seed.
    /// - Returns: the answers in the order of the calls.
    private mutating func shuffle(_ calls: [[[String]]]) async throws -> [[RedisValue]] {
        let values = try await Volley(Array(calls.joined()), using: &chance).send(through: clients[0])
        let count = calls[0].count
        return calls.indices.map { Array(values[$0 * count..<($0 + 1) * count]) }
    }

    private func judge(
        _ entries: [String], _ answers: [[RedisValue]], finishing: Bool
    ) throws(Violation) -> Winners {
        let rescued = answers[3].flatMap { Array(Array($0.elements)[1].elements) }.compactMap { taken in
            var parts = taken.elements
            return parts.next()?.string
        }
        try promise(Set(rescued).count == rescued.count, "a job was rescued twice")
        var winners: Winners = [:]
        for (index, entry) in entries.enumerated() {
            let ended = finishing ? answers[0][index].integer == 1 : answers[0][index].count == 0
            let retried = answers[1][index].integer == 1
            let isRescued = rescued.contains(entry)
            try promise(
                !(isRescued && (ended || retried)), "\(entry) was rescued, and its old worker's word counted")
            try promise(isRescued || ended || retried, "nobody had the last word on \(entry)")
            // Taken at its word, a worker may be told that what it ended itself is ended.
            try promise(!(finishing && ended && retried), "\(entry) was ended twice")
            winners[isRescued ? "rescue" : retried ? "retry" : "end", default: 0] += 1
        }
        return winners
    }
}
