public import Logging
public import RedisClient

/// The facts about a Redis server that decide whether jobs may be trusted to it.
public struct RedisServer: Sendable {
    public struct Facts: Sendable, Equatable {
        public var version = ""
        public var evictionPolicy = ""
        public var appendOnly = false
        /// In bytes; the limit is nil when there is none.
        public var memory: Int?
        public var memoryLimit: Int?
    }

    let client: RedisClient

    public init(client: RedisClient) { self.client = client }

    /// - Throws: ``UnsuitableServer`` when this server may lose jobs by design, or is too old.
    public func check(logger: Logger) async throws {
        let facts = try await facts()
        if let unsuitable = UnsuitableServer(facts, endpoint: client.configuration.endpoint) { throw unsuitable }
        guard !facts.appendOnly else { return }
        logger.warning(
            """
            Redis keeps no append-only file: jobs enqueued since its last snapshot are lost when it stops. \
            Set appendonly yes.
            """)
    }

    /// The time by its clock, in ms since 1970.
    public func now() async throws(RedisError) -> Int { try await client.call("TIME").milliseconds }

    public func facts() async throws(RedisError) -> Facts {
        var facts = Facts()
        for line in try await client.call("INFO").string?.split(whereSeparator: \.isNewline) ?? [] {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "redis_version": facts.version = String(parts[1])
            case "maxmemory_policy": facts.evictionPolicy = String(parts[1])
            case "aof_enabled": facts.appendOnly = parts[1] == "1"
            case "used_memory": facts.memory = Int(parts[1])
            case "maxmemory": facts.memoryLimit = Int(parts[1]).flatMap { $0 > 0 ? $0 : nil }
            default: break
            }
        }
        return facts
    }
}

/// A server that jobs must not be trusted to.
public struct UnsuitableServer: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init?(_ facts: RedisServer.Facts, endpoint: RedisConfiguration.Endpoint) {
        if (facts.version.split(separator: ".").first.flatMap { Int($0) } ?? 0) < 7 {
            let version = facts.version.isEmpty ? "that tells no version" : facts.version
            description =
                "Redis at \(endpoint) is \(version) and Coursework needs 7.0 or newer (functions): upgrade it."
        } else if facts.evictionPolicy != "noeviction" {
            description = """
                Redis at \(endpoint) deletes keys when its memory is full (maxmemory-policy \(facts.evictionPolicy)), \
                and jobs are keys: set maxmemory-policy noeviction, on a Redis that is not a cache.
                """
        } else {
            return nil
        }
    }
}
