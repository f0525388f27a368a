public import JobQueue
public import Jobs
public import RedisClient

/// The dead letters of one queue.
public struct LetterStore: Sendable {
    public let queue: JobQueue
    let client: RedisClient

    public var name: QueueName { queue.name }

    public init(_ queue: QueueName, client: RedisClient) {
        self.queue = JobQueue(queue, client: client)
        self.client = client
    }

    /// Letters a call may change.
    static let lettersACall = 100

    public func count() async throws(RedisError) -> Int {
        try await client.call("ZCARD", queue.keys.dead).integer ?? 0
    }

    /// The letter of that name; nil when there is none.
    public func letter(_ member: String) async throws(RedisError) -> DeadLetter? {
        var pipeline = RedisPipeline()
        pipeline.add("ZSCORE", queue.keys.dead, member)
        pipeline.add("HGET", queue.keys.deadJobs, member)
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        let values = Array(reply.values)
        guard let buried = values[0].string else { return nil }
        return letter(member, buried: buried, packed: values[1].bytes)
    }

    func letter(_ member: String, buried: String, packed: ArraySlice<UInt8>?) -> DeadLetter {
        // What is no job is shown as it is.
        let fields =
            packed.flatMap { LetterFields(packed: $0) }
            ?? LetterFields([.init(name: Array("args".utf8), value: Array(packed ?? []))])
        return DeadLetter(id: LetterID(queue: name, member: member), buried: buried, fields: fields)
    }

    /// The groups whose last letters were buried last, at most so many.
    public func groups(limit: Int) async throws(RedisError) -> [LetterGroup] {
        let keys = queue.keys
        let found = try await client.call("ZRANGE", keys.deadGroups, "0", "\(limit - 1)", "REV", "WITHSCORES").elements
            .compactMap(\.string)
        guard !found.isEmpty else { return [] }
        let fingerprints = stride(from: 0, to: found.count, by: 2).map { found[$0] }
        var pipeline = RedisPipeline()
        pipeline.add(["HMGET", keys.deadGroupsAbout] + fingerprints)
        for fingerprint in fingerprints { pipeline.add("ZCARD", keys.deadGroup(fingerprint)) }
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        let counts = reply.values.dropFirst().map { $0.integer ?? 0 }
        return zip(reply.first.elements, counts).enumerated().compactMap { index, value in
            guard value.1 > 0 else { return nil }
            return LetterGroup(
                queue: name, fingerprint: fingerprints[index], count: value.1, last: Int(found[2 * index + 1]) ?? 0,
                about: value.0.bytes.flatMap { LetterFields(packed: $0) } ?? LetterFields([]))
        }
    }

    /// Calls a function on letters, named by what `append` adds.
    func call(
        _ function: StaticString, arguments: Int, _ append: (inout RedisPipeline) -> Void
    ) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        queue.begin(function, arguments: arguments, in: &pipeline)
        append(&pipeline)
        return try await queue.library.send(pipeline)
    }

    func call(_ function: StaticString, _ arguments: [String]) async throws(RedisError) -> RedisValue {
        try await call(function, arguments: arguments.count) { pipeline in
            for argument in arguments { pipeline.append(argument) }
        }
    }
}
