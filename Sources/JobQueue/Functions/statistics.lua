-- cw_statistics KEYS stream
-- Answers ready, active, scheduled, retrying, dead, the age in ms of the oldest ready job (0: none),
-- the counters as a flat list of names and values, blocked, what is paused (see cw_pause), how much waits to be carried to
-- other queues, and the age in ms of the oldest of that.

do

local function entry_ms(entry)
    return tonumber(string.match(entry, '^%d+'))
end

local function older(entry, other)
    return entry and entry_ms(entry) <= entry_ms(other) and entry or other
end

-- How many jobs of a lane are ready and active, and the oldest of those that are ready.
local function count_lane(lane)
    local ready, active, oldest = redis.call('XLEN', lane), 0, nil
    local summary, last = redis.pcall('XPENDING', lane, GROUP), '-'
    if not summary.err then
        active = summary[1]
        for _, holder in ipairs(summary[4] or {}) do
            if is_nobody(holder[1]) then
                active = active - holder[2]
                oldest = older(oldest, redis.call('XPENDING', lane, GROUP, '-', '+', 1, holder[1])[1][1])
            end
        end
        ready = ready - active
        last = '(' .. group_of(lane).last
    end
    return ready, active, oldest or (redis.call('XRANGE', lane, last, '+', 'COUNT', 1)[1] or {})[1]
end

local function age_of(entry)
    return entry and math.max(0, now_ms() - entry_ms(entry)) or 0
end

local function oldest_outgoing(stream)
    local found = redis.pcall('XRANGE', stream .. ':outgoing', '-', '+', 'COUNT', 1)
    return not found.err and found[1] and found[1][1]
end

redis.register_function{
    function_name = 'cw_statistics',
    callback = function(keys)
        local stream = keys[1]
        local kind = redis.call('TYPE', stream).ok
        if kind ~= 'stream' and kind ~= 'none' then return redis.error_reply('WRONGTYPE the queue is no stream') end
        local ready, active, oldest = 0, 0, nil
        for _, lane in ipairs(lanes_of(stream)) do
            local lane_ready, lane_active, lane_oldest = count_lane(lane[1])
            ready, active = ready + lane_ready, active + lane_active
            oldest = lane_oldest and older(oldest, lane_oldest) or oldest
        end
        local retrying = redis.call('SCARD', stream .. ':later:retries')
        return {
            ready, active, redis.call('ZCARD', stream .. ':later') - retrying, retrying,
            redis.call('ZCARD', stream .. ':dead'), age_of(oldest), redis.call('HGETALL', stream .. ':stats'),
            redis.call('HLEN', stream .. ':blocked:jobs'), redis.call('HKEYS', stream .. ':paused'), outgoing_length(stream),
            age_of(oldest_outgoing(stream)),
        }
    end,
    flags = {'no-writes'},
}

end
