-- What waits in `:outgoing` of a queue for other queues, or for its own when one of its keys was spoiled. It is enqueued
-- there, noted there as brought, and then removed here: whoever dies in between loses nothing and does nothing twice.
do

local BROUGHT_AT_ONCE, BROUGHT_BYTES = 100, 1048576

local function field_of(fields, name)
    for at = 1, #fields, 2 do
        if fields[at] == name then return fields[at + 1] end
    end
    return ''
end

-- cw_outgoing KEYS stream ARGV first
-- Answers what waits, from the entry `first` on (`-`: the oldest), until a megabyte has passed: its entry, the queue that it
-- is for, and what cw_deliver is given; and where to go on, '' when that was all.
redis.register_function{
    function_name = 'cw_outgoing',
    callback = function(keys, args)
        local first, found, bytes = args[1], {}, 0
        while #found < BROUGHT_AT_ONCE and bytes < BROUGHT_BYTES do
            local entry = redis.call('XRANGE', keys[1] .. ':outgoing', first, '+', 'COUNT', 1)[1]
            if not entry then return {found, ''} end
            local job = field_of(entry[2], 'job')
            found[#found + 1] = {entry[1], field_of(entry[2], 'queue'), job}
            bytes, first = bytes + #job, '(' .. entry[1]
        end
        return {found, first}
    end,
    flags = {'no-writes'},
}

local function unpack_link(packed)
    local ok, link = pcall(cmsgpack.unpack, packed)
    if not ok or type(link) ~= 'table' or type(link[3]) ~= 'table' or type(link[4]) ~= 'table' then return nil end
    local fields = {}
    for at = 1, #link[4] - 1, 2 do fields[link[4][at]] = link[4][at + 1] end
    return link[1], link[2], link[3], fields
end

-- What this version does not understand is there for a person to see.
local function bury_link(stream, job, mistake)
    local entry = add_entry(stream, job)
    job.id = job.id or entry
    bury_entry(stream, entry, job, 'malformed', mistake, '')
    return true
end

local function deliver(stream, packed)
    local kind, payload, words, fields = unpack_link(packed)
    if not kind then return bury_link(stream, {args = packed}, 'What another queue left for this one cannot be read.') end
    local options, mistake = read_options(words, 1, #words)
    if options then return enqueue_link(stream, kind, payload, words, fields) end
    fields.type, fields.args = kind, payload
    return bury_link(stream, fields, mistake)
end

-- cw_deliver KEYS stream ARGV source floor (id job)...
-- Enqueues what waits in `:outgoing` of the queue `source` for this one, each once, however often and by whom it is
-- brought: `id` is its entry there. `floor` is the time in the oldest entry there: all before it was delivered, so it
-- need not be remembered. Answers how many were new, and the ids of those that must be brought again, since what their
-- options name was spoiled. Refused as a whole when the memory is full, or a key of this queue is spoiled.
redis.register_function{
    function_name = 'cw_deliver',
    callback = function(keys, args)
        local stream, source, floor, delivered, refused = keys[1], args[1], whole(args[2], MOST_MS), 0, {}
        if not is_queue(source) or not floor then return refuse('bad source or floor') end
        local marks, floors = stream .. ':received:' .. source, stream .. ':received'
        if not (holds_jobs(stream) and may_hold(marks, 'zset') and may_hold(floors, 'hash')) then
            return refuse_queue(stream)
        end
        local known = tonumber(redis.call('HGET', floors, source) or 0)
        for at = 3, #args, 2 do
            local id, ms = args[at], tonumber(string.match(args[at], '^(%d+)%-%d+$'))
            local is_new = ms and ms >= known and not redis.call('ZSCORE', marks, id)
            if is_new and deliver(stream, args[at + 1]) then
                redis.call('ZADD', marks, ms, id)
                delivered = delivered + 1
            elseif is_new then
                refused[#refused + 1] = id
            end
        end
        if floor > known then
            redis.call('HSET', floors, source, digits(floor))
            known = floor
        end
        local old = redis.call('ZRANGEBYSCORE', marks, '-inf', '(' .. digits(known), 'LIMIT', 0, 1000)
        if #old > 0 then redis.call('ZREM', marks, unpack(old)) end
        return {delivered, refused}
    end,
}

end
