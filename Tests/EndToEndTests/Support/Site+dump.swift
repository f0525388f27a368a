import Foundation
import ProgramSupport
import TestSupport

extension Site {
    /// The names and values of all keys, read by a client that is not ours: what somebody sees who has the server's memory.
    func everythingInRedis() async throws -> String {
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
        return try await run(program: "redis-cli", ["-e"] + redisWords + ["EVAL", script, "0"]).output
    }

    /// The same of the Redis of `dev`, where nobody may run scripts.
    func everythingInRedisOfDev() async throws -> String {
        let keys = try await redisOnDev(as: "operator", "--scan").output.split(separator: "\n").map(String.init)
        let types = try await ask(keys.map { #"TYPE "\#($0)""# }).split(separator: "\n")
        guard !keys.isEmpty, types.count == keys.count else { throw TestFailure("\(types)") }
        let reads = zip(keys, types).map { key, type in
            switch type {
            case "string": #"GET "\#(key)""#
            case "hash": #"HGETALL "\#(key)""#
            case "list": #"LRANGE "\#(key)" 0 -1"#
            case "set": #"SMEMBERS "\#(key)""#
            case "zset": #"ZRANGE "\#(key)" 0 -1"#
            default: #"XRANGE "\#(key)" - +"#
            }
        }
        return keys.joined(separator: "\n") + "\n" + (try await ask(reads))
    }

    private func ask(_ commands: [String]) async throws -> String {
        let file = try write((commands.joined(separator: "\n") + "\n").utf8, to: "commands")
        let password = try String(contentsOfFile: "\(data)/accounts/operator", encoding: .utf8)
        let finished = try await run(
            program: "redis-cli", ["-s", data + "/redis/redis.sock", "--user", "operator"], input: .file(file),
            environment: ["REDISCLI_AUTH": password.trimmingCharacters(in: .newlines)])
        guard finished.exit == .code(0), !finished.output.contains("NOPERM") else { throw TestFailure("\(finished)") }
        return finished.output
    }
}
