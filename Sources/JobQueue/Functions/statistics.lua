-- cw_statistics KEYS stream
-- Answers ready, active, scheduled, retrying, dead, the age in ms of the oldest ready job (0: none),
-- and the counters as a flat list of names and values.
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
            local released = 0
            for _, holder in ipairs(summary[4] or {}) do
                if holder[1] == RELEASED then released = tonumber(holder[2]) end
            end
            active = summary[1] - released
            ready = length - active
            if released > 0 then
                local handed_back = redis.call('XPENDING', stream, GROUP, '-', '+', 1, RELEASED)[1]
                oldest = handed_back and handed_back[1]
            end
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
                if group[2] == GROUP then last = '(' .. group[8] end
            end
        end
        oldest = oldest or (redis.call('XRANGE', stream, last, '+', 'COUNT', 1)[1] or {})[1]
        local age = oldest and math.max(0, now_ms() - tonumber(string.match(oldest, '^%d+'))) or 0

        local retrying = redis.call('SCARD', stream .. ':later:retries')
        return {
            ready, active, redis.call('ZCARD', stream .. ':later') - retrying, retrying,
            redis.call('ZCARD', stream .. ':dead'), age, redis.call('HGETALL', stream .. ':stats'),
        }
    end,
    flags = {'no-writes'},
}
