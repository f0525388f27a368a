import JobQueue
import RedisClient

/// The whole state of a queue as sorted lines of text, for "seed everything, do one thing, compare everything".
///
/// Times are told by how far away they are, rounded to ten seconds; entries that Redis numbered by its clock are `*1`,
/// `*2` in their order; workers by their host. Keys of another database than the client's are not seen.
enum StateDump {
    static func lines(_ queue: JobQueue, _ client: RedisClient) async throws -> [String] {
        var lines: [String] = []
        for line in try await client.call("EVAL", script, "1", queue.keys.stream).elements {
            guard let line = line.string else { continue }
            lines.append(line)
        }
        return lines.sorted()
    }

    private static let script = """
        local stream, lines = KEYS[1], {}
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local function say(...) lines[#lines + 1] = table.concat({...}, ' ') end
        local function away(ms) return (math.floor((ms + 5000) / 10000) * 10) .. 's' end
        local function short(text) return #text > 200 and '<' .. #text .. ' bytes>' or text end
        local marks = {[stream] = '', [stream .. ':admitted'] = 'a'}
        local names, workers = {}, {}
        for key, mark in pairs(marks) do
            local numbered = 0
            for _, entry in ipairs(redis.call('TYPE', key).ok == 'stream' and redis.call('XRANGE', key, '-', '+') or {}) do
                if tonumber(string.match(entry[1], '^%d+')) > 1000000000000 then
                    numbered = numbered + 1
                    names[mark .. entry[1]] = mark .. '*' .. numbered
                end
            end
        end
        local function name(text) return names[text] or text end
        local function who(worker) return string.match(worker, '^[^:]+') end
        local function told(fields)
            local list = {}
            for index = 1, #fields, 2 do
                local field, value = fields[index], fields[index + 1]
                if field == 'group' then
                    value = nil
                elseif field == 'buried' or field == 'updated' or field == 'enqueued' then
                    value = tonumber(value) > 1000000000000 and 'now' or value
                elseif field == 'history' then
                    value = #cjson.decode(value).attempts .. 'x'
                elseif field == 'worker' then
                    value = who(value)
                elseif field == 'id' or field == 'entry' then
                    value = name(value)
                end
                if value then list[#list + 1] = field .. '=' .. short(value) end
            end
            table.sort(list)
            return #list > 50 and '<' .. #list .. ' fields>' or table.concat(list, ' ')
        end
        for _, key in ipairs(redis.call('KEYS', '*')) do
            local kind = redis.call('TYPE', key).ok
            local part = string.sub(key, #stream + 1)
            local ttl = redis.call('PTTL', key)
            local life = ttl >= 0 and ' for ' .. away(ttl) or ''
            if string.find(part, '^:dead:group') then
                -- An index of the letters: see DeadLettersTests.
            elseif part == ':events' then
                -- What was told to those who watch: see ChangesTests.
            elseif kind == 'stream' then
                for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
                    say('entry', name((marks[key] or '') .. entry[1]), told(entry[2]))
                end
                for _, group in ipairs(redis.call('XINFO', 'GROUPS', key)) do
                    for _, pending in ipairs(redis.call('XPENDING', key, group[2], '-', '+', 100000)) do
                        say('held', name((marks[key] or '') .. pending[1]), who(pending[2]), 'x' .. pending[4])
                    end
                    for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', key, group[2])) do
                        if not workers[consumer[2]] then say('worker', who(consumer[2])) end
                        workers[consumer[2]] = true
                    end
                end
            elseif part == ':later' or part == ':dead' then
                local scored = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
                for index = 1, #scored, 2 do say(part, name(scored[index]), 'in', away(scored[index + 1] - now)) end
            elseif part == ':later:jobs' or part == ':dead:jobs' then
                local jobs = redis.call('HGETALL', key)
                for index = 1, #jobs, 2 do say(part, name(jobs[index]), told(cmsgpack.unpack(jobs[index + 1]))) end
            elseif part == ':setbacks' then
                local all = redis.call('HGETALL', key)
                for index = 1, #all, 2 do
                    local interruptions, losses, silent = string.match(all[index + 1], '^(%d+) (%d+) (.*)$')
                    local was = silent == '' and '' or ' silent ' .. who(silent)
                    say(part, name(all[index]), 'interruptions ' .. interruptions .. ' losses ' .. losses .. was)
                end
            elseif part == ':handed_back' then
                local all = redis.call('HGETALL', key)
                for index = 1, #all, 2 do say(part, who(all[index]), all[index + 1]) end
            elseif part == ':entries' then
                local all = redis.call('HGETALL', key)
                for index = 1, #all, 2 do say(part, name(all[index]), name(all[index + 1])) end
            elseif kind == 'hash' then
                local fields = told(redis.call('HGETALL', key))
                say(part .. life, fields)
            elseif kind == 'set' then
                for _, member in ipairs(redis.call('SMEMBERS', key)) do say(part .. life, who(member)) end
            elseif kind == 'zset' then
                for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do say(part .. life, name(member)) end
            elseif kind == 'list' then
                say(part .. life, table.concat(redis.call('LRANGE', key, 0, -1), ' '))
            else
                say(part .. life, redis.call('GET', key))
            end
        end
        return lines
        """
}
