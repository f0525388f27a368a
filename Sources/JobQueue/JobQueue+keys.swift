public import RedisClient

extension JobQueue {
    /// What the keys of a queue hold that are there once for all its jobs, by the end of their names.
    static let kindsOfKeys: KeyValuePairs<String, String> = [
        "": "stream", ":admitted": "stream", ":later": "zset", ":later:jobs": "hash", ":later:retries": "set",
        ":entries": "hash",
        ":blocked:jobs": "hash", ":gates": "set", ":gates:limits": "set", ":gates:due": "zset", ":limits": "zset",
        ":passes": "hash", ":dead": "zset", ":dead:jobs": "hash", ":dead:groups": "zset", ":dead:groups:about": "hash",
        ":replays": "list", ":replaying": "list", ":batches": "zset", ":batches:ended": "zset", ":outgoing": "stream",
        ":received": "hash",
        ":schedules": "hash", ":paused": "hash", ":cancelled": "set", ":setbacks": "hash", ":intact": "set",
        ":handed_back": "hash", ":stats": "hash", ":control": "string", ":tokens": "string", ":events": "stream",
    ]

    /// The keys of this queue that hold something else than they should: somebody wrote there. Keys of single jobs, limits
    /// and batches are not looked at.
    public func spoiledKeys() async throws(RedisError) -> [String] {
        var pipeline = RedisPipeline()
        for (end, _) in Self.kindsOfKeys { pipeline.add("TYPE", keys.stream + end) }
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        return zip(Self.kindsOfKeys, reply.values).compactMap { key, value in
            ["none", key.value].contains(value.string ?? "") ? nil : keys.stream + key.key
        }
    }
}
