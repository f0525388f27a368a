public import Jobs
internal import Metrics
public import RedisClient

/// What all workers have counted together: hashes of whole numbers in Redis, which only grow while it lives.
///
/// `cw:{queue}:metrics` is about the jobs of a queue (see ``JobCountName``), `cw:metrics` about everything else, and
/// `cw:duties` says when each duty last succeeded, in ms since 1970 by the clock of Redis.
public struct CounterStore: Sendable {
    public static let key = "cw:metrics"
    private static let dutiesKey = "cw:duties"
    /// Types of a queue that are told apart; the others are counted together.
    public static let mostTypes = 200
    /// The type of jobs that no worker knows, and of those that are too many.
    public static let otherType = "other"

    /// What Redis said to a report.
    public struct Receipt: Sendable {
        /// The time by the clock of Redis, in ms since 1970.
        public let now: Int
        /// What it did not take, since its memory is full, say: to be told again.
        public let refused: [CounterIncrement]
    }

    private let client: RedisClient

    public init(client: RedisClient) { self.client = client }

    public static func key(of queue: QueueName) -> String { QueueKeys(queue).metrics }

    /// Adds to the counters, in one round trip. Should no answer come, it is not known what was added; what is told again
    /// then may count twice.
    /// - Parameter duties: when each last succeeded, in ms since 1970 by the clock of Redis.
    public func add(
        _ increments: [CounterIncrement], duties: [String: Int] = [:]
    ) async throws(RedisError) -> Receipt {
        var pipeline = RedisPipeline("TIME")
        for increment in increments { pipeline.add("HINCRBY", increment.key, increment.field, "\(increment.by)") }
        if !duties.isEmpty {
            pipeline.add(["HSET", Self.dutiesKey] + duties.flatMap { [$0.key, "\($0.value)"] })
        }
        let answers = Array(try await client.send(pipeline).values)
        if let error = answers[0].error { throw error }
        // What can never be added, since the key holds something else, is not owed for ever.
        let refused = zip(increments, answers.dropFirst()).filter { $1.error?.isTransient == true }.map(\.0)
        return Receipt(now: answers[0].milliseconds, refused: refused)
    }

    /// What was counted of the jobs of a queue, by type.
    public func counts(of queue: QueueName) async throws(RedisError) -> [String: JobCounts] {
        try await Self.read(numbers(in: Self.key(of: queue)))
    }

    /// What was counted beside jobs.
    public func counts() async throws(RedisError) -> [String: Int] { try await numbers(in: Self.key) }

    /// When each duty last succeeded, in ms since 1970 by the clock of Redis.
    public func duties() async throws(RedisError) -> [String: Int] { try await numbers(in: Self.dutiesKey) }

    static func read(_ numbers: [String: Int]) -> [String: JobCounts] {
        var counts: [String: JobCounts] = [:]
        // In an order, so that the same types are always those that are too many.
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
            let words = name.split(separator: " ")
            guard words.count == 3, number > 0 else { continue }
            let type = String(words[0])
            let shown = counts[type] != nil || counts.count < mostTypes ? type : otherType
            counts[shown, default: JobCounts()].add(number, words[1], words[2])
        }
        return counts
    }

    private func numbers(in key: String) async throws(RedisError) -> [String: Int] {
        var elements = try await client.call("HGETALL", key).elements
        var numbers: [String: Int] = [:]
        while let name = elements.next()?.string, let number = elements.next()?.integer { numbers[name] = number }
        return numbers
    }
}

extension JobCounts {
    fileprivate mutating func add(_ number: Int, _ what: Substring, _ which: Substring) {
        switch what {
        case "ended": ended[String(which), default: 0] &+= number
        case "waited": waited.add(number, to: which)
        case "ran": ran.add(number, to: which)
        default: break
        }
    }
}

extension RedisValue {
    /// The answer to TIME.
    var milliseconds: Int {
        let time = elements.compactMap { $0.string.flatMap(Int.init) }
        return time.count == 2 ? time[0] * 1000 + time[1] / 1000 : 0
    }
}
