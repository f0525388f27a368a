do
-- cw_deliver KEYS stream ARGV source floor (id job)...
-- Enqueues what waits in `:outgoing` of the queue `source` for this one, each once, however often and by whom it is
-- brought: `id` is its entry there. `floor` is the time in the oldest entry there: all before it was delivered, so it
-- need not be remembered. Answers how many were new. Refused as a whole when the memory is full.

local function unpack_link(packed)
    local ok, link = pcall(cmsgpack.unpack, packed)
    if not ok or type(link) ~= 'table' or type(link[3]) ~= 'table' or type(link[4]) ~= 'table' then return nil end
    local fields = {}
    for at = 1, #link[4] - 1, 2 do fields[link[4][at]] = link[4][at + 1] end
    return link[1], link[2], link[3], fields
end

local function is_new(stream, source, id, floor)
    local ms = tonumber(string.match(id, '^(%d+)%-%d+$'))
    return ms and ms >= floor and redis.call('ZADD', stream .. ':received:' .. source, 'NX', ms, id) == 1
end

-- What this version does not understand is there for a person to see.
local function bury_link(stream, job, mistake)
    local entry = add_entry(stream, job)
    job.id = job.id or entry
    bury_entry(stream, entry, job, 'malformed', mistake, '')
end

local function deliver(stream, packed)
    local kind, payload, words, fields = unpack_link(packed)
    if not kind then return bury_link(stream, {args = packed}, 'What another queue left for this one cannot be read.') end
    local options, mistake = read_options(words, 1, #words)
    if not options then
        fields.type, fields.args = kind, payload
        return bury_link(stream, fields, mistake)
    end
    enqueue(stream, kind, payload, options, fields)
end

redis.register_function{
    function_name = 'cw_deliver',
    callback = function(keys, args)
        local stream, source, floor, delivered = keys[1], args[1], whole(args[2], MOST_MS), 0
        if not is_queue(source) or not floor then return redis.error_reply('ERR bad source or floor') end
        local marks, floors = stream .. ':received:' .. source, stream .. ':received'
        if not (may_hold(stream, 'stream') and may_hold(marks, 'zset') and may_hold(floors, 'hash')) then
            return redis.error_reply('WRONGTYPE the queue is no stream')
        end
        local known = tonumber(redis.call('HGET', floors, source) or 0)
        for at = 3, #args, 2 do
            if is_new(stream, source, args[at], math.max(known, 0)) then
                deliver(stream, args[at + 1])
                delivered = delivered + 1
            end
        end
        if floor > known then
            redis.call('HSET', floors, source, digits(floor))
            known = floor
        end
        local old = redis.call('ZRANGEBYSCORE', marks, '-inf', '(' .. digits(known), 'LIMIT', 0, 1000)
        if #old > 0 then redis.call('ZREM', marks, unpack(old)) end
        return delivered
    end,
}

end
