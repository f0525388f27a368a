import JobQueue
import RedisClient

/// Everything that Redis holds of a queue.
struct Snapshot {
    typealias Fields = [String: String]

    struct Pending {
        let holder: String
        let deliveries: Int
    }

    var entries: [EntryID: Fields] = [:]
    var pending: [EntryID: Pending] = [:]
    var lastDelivered: [Lane: EntryID] = [:]
    var later: Set<String> = []
    var laterJobs: [String: Fields] = [:]
    var retries: Set<String> = []
    /// Behind all gates.
    var blocked: Set<String> = []
    var blockedJobs: [String: Fields] = [:]
    var cancelled: Set<EntryID> = []
    /// The entries that hold passes, by limit.
    var holders: [String: Set<EntryID>] = [:]
    var passes: Set<EntryID> = []
    var dead: Set<String> = []
    var deadJobs: [String: Fields] = [:]
    /// Dead letters that are in a group.
    var grouped: Set<String> = []
    var intact: Set<String> = []
    var counters: [String: Int] = [:]
    var setbacks: [EntryID: Setbacks] = [:]
    /// The states of tracked jobs by token.
    var states: [String: String] = [:]
    /// Those that a waiting caller would be woken for.
    var announced: [String: Int] = [:]

    /// The client's database holds this queue alone.
    init(of stream: String, through client: RedisClient) async throws {
        for line in try await client.call("EVAL", Self.script, "1", stream).elements {
            var parts = line.elements
            guard let kind = parts.next()?.string, let name = parts.next()?.string else { continue }
            let rest = Array(parts)
            read(kind, name, rest)
        }
    }

    private mutating func read(_ kind: String, _ name: String, _ rest: [RedisValue]) {
        switch kind {
        case "entry": entries[EntryID(name)!] = Self.fields(rest[0])
        case "pending":
            pending[EntryID(name)!] = Pending(
                holder: String(rest[0].string!.prefix { $0 != ":" }), deliveries: rest[1].integer!)
        case "last":
            let last = EntryID(name)!
            lastDelivered[last.lane] = last
        case "later": later.insert(name)
        case "later job": laterJobs[name] = Self.fields(rest[0])
        case "retry": retries.insert(name)
        case "blocked": blocked.insert(name)
        case "blocked job": blockedJobs[name] = Self.fields(rest[0])
        case "cancelled": cancelled.insert(EntryID(name)!)
        case "holder": holders[rest[0].string!, default: []].insert(EntryID(name)!)
        case "pass": passes.insert(EntryID(name)!)
        case "dead": dead.insert(name)
        case "grouped": grouped.insert(name)
        case "dead job": deadJobs[name] = Self.fields(rest[0])
        case "intact": intact.insert(String(name.prefix { $0 != ":" }))
        case "counter": counters[name] = rest[0].integer
        case "setbacks": setbacks[EntryID(name)!] = Self.setbacks(rest[0].string!)
        case "state": states[name] = rest[0].string
        case "end": announced[name] = rest[0].integer
        default: break
        }
    }

    private static func setbacks(_ text: String) -> Setbacks {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        return Setbacks(
            interruptions: Int(parts[0])!, losses: Int(parts[1])!, silent: String(parts[2].prefix { $0 != ":" }))
    }

    private static func fields(_ value: RedisValue) -> Fields {
        var fields: Fields = [:]
        var elements = value.elements
        while let name = elements.next()?.string, let value = elements.next()?.string { fields[name] = value }
        return fields
    }

    private static let script = """
        local stream, lines = KEYS[1], {}
        local function say(...) lines[#lines + 1] = {...} end
        local wanted = {'type', 'args', 'trace', 'attempt', 'crashes', 'snoozes', 'interruptions', 'losses', 'reason', 'error', 'gate'}
        local function told(fields)
            local job, list = {}, {}
            for index = 1, #fields, 2 do job[fields[index]] = fields[index + 1] end
            for _, name in ipairs(wanted) do
                if job[name] then
                    list[#list + 1] = name
                    list[#list + 1] = job[name]
                end
            end
            return list
        end
        local function jobs(kind, key)
            local all = redis.call('HGETALL', key)
            for index = 1, #all, 2 do say(kind, all[index], told(cmsgpack.unpack(all[index + 1]))) end
        end
        local function members(kind, list)
            for _, member in ipairs(list) do say(kind, member) end
        end
        for mark, lane in pairs({[''] = stream, a = stream .. ':admitted'}) do
            for _, entry in ipairs(redis.call('XRANGE', lane, '-', '+')) do say('entry', mark .. entry[1], told(entry[2])) end
            for _, held in ipairs(redis.call('XPENDING', lane, 'workers', '-', '+', 100000)) do
                say('pending', mark .. held[1], held[2], held[4])
            end
            say('last', mark .. redis.call('XINFO', 'GROUPS', lane)[1][8])
        end
        members('later', redis.call('ZRANGE', stream .. ':later', 0, -1))
        jobs('later job', stream .. ':later:jobs')
        members('retry', redis.call('SMEMBERS', stream .. ':later:retries'))
        for _, gate in ipairs(redis.call('SUNION', stream .. ':gates', stream .. ':gates:limits')) do
            members('blocked', redis.call('ZRANGE', stream .. ':blocked:' .. gate, 0, -1))
        end
        jobs('blocked job', stream .. ':blocked:jobs')
        members('cancelled', redis.call('SMEMBERS', stream .. ':cancelled'))
        for _, key in ipairs({'a', 'b'}) do
            for _, entry in ipairs(redis.call('SMEMBERS', stream .. ':holders:' .. key)) do say('holder', entry, key) end
        end
        members('pass', redis.call('HKEYS', stream .. ':passes'))
        members('dead', redis.call('ZRANGE', stream .. ':dead', 0, -1))
        jobs('dead job', stream .. ':dead:jobs')
        for _, group in ipairs(redis.call('ZRANGE', stream .. ':dead:groups', 0, -1)) do
            members('grouped', redis.call('ZRANGE', stream .. ':dead:group:' .. group, 0, -1))
        end
        members('intact', redis.call('SMEMBERS', stream .. ':intact'))
        local counters = redis.call('HGETALL', stream .. ':stats')
        for index = 1, #counters, 2 do say('counter', counters[index], counters[index + 1]) end
        local setbacks = redis.call('HGETALL', stream .. ':setbacks')
        for index = 1, #setbacks, 2 do say('setbacks', setbacks[index], setbacks[index + 1]) end
        local prefix = #stream + #':job:' + 1
        for _, key in ipairs(redis.call('KEYS', '*:job:*')) do
            local kind = redis.call('TYPE', key).ok
            if kind == 'hash' then say('state', string.sub(key, prefix), redis.call('HGET', key, 'state')) end
            if kind == 'list' then say('end', string.sub(key, prefix, -#':end' - 1), redis.call('LLEN', key)) end
        end
        return lines
        """
}
