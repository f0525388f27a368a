import ProgramSupport

extension Site {
    /// The names and values of all keys, read by a client that is not ours: what somebody sees who has the server's memory.
    func everythingInRedis(at socket: String? = nil) async throws -> String {
        let script = """
            local out = {}
            local function add(value)
                if type(value) == 'table' then for _, each in ipairs(value) do add(each) end
                else out[#out + 1] = tostring(value) end
            end
            for _, key in ipairs(redis.call('KEYS', '*')) do
                local reads = {
                    string = {'GET', key}, hash = {'HGETALL', key}, list = {'LRANGE', key, 0, -1},
                    set = {'SMEMBERS', key}, zset = {'ZRANGE', key, 0, -1}, stream = {'XRANGE', key, '-', '+'},
                }
                add(key)
                add(redis.call(unpack(reads[redis.call('TYPE', key).ok])))
            end
            return out
            """
        let words = ["-e", "-s", socket ?? self.socket, "EVAL", script, "0"]
        return try await run(program: "redis-cli", words).output
    }
}
