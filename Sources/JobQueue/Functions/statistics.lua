-- cw_statistics KEYS stream
-- Answers ready, active, scheduled, retrying, dead, the age in ms of the oldest ready job (0: none),
-- the counters as a flat list of names and values, blocked, what is paused (see cw_pause), and what waits to be carried to
-- other queues.

local function entry_ms(entry)
    return tonumber(string.match(entry, '^%d+'))
end

local function older(entry, other)
    return entry and entry_ms(entry) <= entry_ms(other) and entry or other
end

redis.register_function{
    function_name = 'cw_statistics',
    callback = function(keys)
        local stream = keys[1]
        local kind = redis.call('TYPE', stream).ok
        if kind ~= 'stream' and kind ~= 'none' then return redis.error_reply('WRONGTYPE the queue is no stream') end
        local length = redis.call('XLEN', stream)
        local ready, active, oldest = length, 0, nil

        local summary = redis.pcall('XPENDING', stream, GROUP)
        local last = '-'
        if not summary.err then
            active = summary[1]
            for _, holder in ipairs(summary[4] or {}) do
                if is_nobody(holder[1]) then
                    active = active - holder[2]
                    oldest = older(oldest, redis.call('XPENDING', stream, GROUP, '-', '+', 1, holder[1])[1][1])
                end
            end
            ready = length - active
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
                if group[2] == GROUP then last = '(' .. group[8] end
            end
        end
        oldest = oldest or (redis.call('XRANGE', stream, last, '+', 'COUNT', 1)[1] or {})[1]
        local age = oldest and math.max(0, now_ms() - entry_ms(oldest)) or 0

        local retrying = redis.call('SCARD', stream .. ':later:retries')
        return {
            ready, active, redis.call('ZCARD', stream .. ':later') - retrying, retrying,
            redis.call('ZCARD', stream .. ':dead'), age, redis.call('HGETALL', stream .. ':stats'),
            redis.call('HLEN', stream .. ':blocked:jobs'), redis.call('HKEYS', stream .. ':paused'), outgoing_length(stream),
        }
    end,
    flags = {'no-writes'},
}
