import RedisClient

/// All places a job of one queue can be in, read key by key.
struct QueueDump: Sendable {
    /// Ids of the jobs in both lanes, ready and active.
    var ready: [String] = []
    /// Entries that somebody holds, and who.
    var leases: [(entry: String, holder: String, deliveries: Int)] = []
    var entries: Set<String> = []
    var later: [String] = []
    var laterBodies: Set<String> = []
    /// Behind a gate.
    var blocked: [String] = []
    var dead: [String] = []
    var deadBodies: Set<String> = []
    var letters: [DeadLetter] = []
    var counters: [String: Int] = [:]

    struct DeadLetter: Sendable {
        /// The `key` among its arguments.
        let key: String
        let reason: String
        let crashes: Int
    }

    /// Holders that are no workers: of what was handed back, and of what must run alone.
    private static let nobody: Set = ["released", "suspects"]

    var live: Int { ready.count + later.count + blocked.count }

    /// Leases of workers, not of jobs that were handed back.
    var held: [String] { leases.filter { !Self.nobody.contains($0.holder) }.map(\.entry) }

    init(of queue: String = "default", from redis: RedisClient) async throws {
        let stream = "cw:{\(queue)}"
        for (lane, mark) in [(stream, ""), ("\(stream):admitted", "a")] {
            for entry in try await redis.call("XRANGE", lane, "-", "+").elements {
                var parts = entry.elements
                guard let id = parts.next()?.string else { continue }
                let fields = parts.next().map(Self.pairs) ?? [:]
                entries.insert(mark + id)
                ready.append(fields["id"] ?? id)
            }
            leases += await Self.leases(of: lane, marked: mark, from: redis)
        }
        later = try await redis.call("ZRANGE", "\(stream):later", "0", "-1").elements.compactMap(\.string)
        laterBodies = Set(try await redis.call("HKEYS", "\(stream):later:jobs").elements.compactMap(\.string))
        blocked = try await redis.call("HKEYS", "\(stream):blocked:jobs").elements.compactMap(\.string)
        dead = try await redis.call("ZRANGE", "\(stream):dead", "0", "-1").elements.compactMap(\.string)
        deadBodies = Set(try await redis.call("HKEYS", "\(stream):dead:jobs").elements.compactMap(\.string))
        letters = try await Self.letters(of: stream, from: redis)
        counters = Self.pairs(try await redis.call("HGETALL", "\(stream):stats")).compactMapValues { Int($0) }
    }

    private static func pairs(_ value: RedisValue) -> [String: String] {
        var (pairs, elements) = ([String: String](), value.elements)
        while let name = elements.next()?.string, let value = elements.next()?.string { pairs[name] = value }
        return pairs
    }

    private static func leases(
        of lane: String, marked mark: String, from redis: RedisClient
    ) async -> [(entry: String, holder: String, deliveries: Int)] {
        // Without a worker there was no group.
        guard let pending = try? await redis.call("XPENDING", lane, "workers", "-", "+", "1000000") else { return [] }
        return pending.elements.compactMap { value in
            var parts = value.elements
            guard let entry = parts.next()?.string, let holder = parts.next()?.string else { return nil }
            _ = parts.next()
            return (mark + entry, holder, parts.next()?.integer ?? 0)
        }
    }

    private static func letters(of stream: String, from redis: RedisClient) async throws -> [DeadLetter] {
        let script = """
            local letters = {}
            for _, packed in ipairs(redis.call('HVALS', KEYS[1])) do
                local fields, job = cmsgpack.unpack(packed), {}
                for index = 1, #fields, 2 do job[fields[index]] = fields[index + 1] end
                local read, args = pcall(cjson.decode, job.args or '')
                letters[#letters + 1] =
                    {read and type(args) == 'table' and args.key or '', job.reason or '', job.crashes or '0'}
            end
            return letters
            """
        return try await redis.call("EVAL", script, "1", "\(stream):dead:jobs").elements.map { value in
            let words = value.elements.compactMap(\.string)
            return DeadLetter(key: words[0], reason: words[1], crashes: Int(words[2]) ?? 0)
        }
    }
}
