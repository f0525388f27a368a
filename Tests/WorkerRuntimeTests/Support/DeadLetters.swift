import JobQueue
import RedisClient

enum DeadLetters {
    /// The fields of all dead letters of a queue.
    static func all(of queue: JobQueue, _ client: RedisClient) async throws -> [[String: String]] {
        let script = """
            local found = {}
            for _, packed in ipairs(redis.call('HVALS', KEYS[1])) do found[#found + 1] = cmsgpack.unpack(packed) end
            return found
            """
        return try await client.call("EVAL", script, "1", queue.keys.deadJobs).elements.map { letter in
            var fields: [String: String] = [:]
            var parts = letter.elements
            while let name = parts.next()?.string, let value = parts.next()?.string { fields[name] = value }
            return fields
        }
    }

    /// The fields of the only dead letter; none when there is none.
    static func only(of queue: JobQueue, _ client: RedisClient) async throws -> [String: String] {
        let letters = try await all(of: queue, client)
        return letters.count == 1 ? letters[0] : [:]
    }
}
