-- cw_promote KEYS stream ARGV limit
-- Makes jobs ready whose time has come, earliest first, and opens the gates of limits whose time has come. `limit` is at
-- most 1000, and no more is done once a megabyte has passed. Answers how many jobs were made ready, in how many
-- milliseconds the next job or gate is due (-1: none), how much waits in `:outgoing`, and how many gates were opened.

local PROMOTED_AT_ONCE, PROMOTED_BYTES = 100, 1048576

-- Makes some of the due jobs ready; answers how many bytes they have.
local function promote(stream, due, first, last)
    local later, bytes = stream .. ':later', 0
    local packed = redis.call('HMGET', later .. ':jobs', unpack(due, first, last))
    for index = first, last do
        local body = packed[index - first + 1]
        if body then
            make_ready(stream, unpack_job(body, due[index]))
            bytes = bytes + #body
        end
    end
    redis.call('ZREM', later, unpack(due, first, last))
    redis.call('HDEL', later .. ':jobs', unpack(due, first, last))
    redis.call('SREM', later .. ':retries', unpack(due, first, last))
    return bytes
end

redis.register_function{
    function_name = 'cw_promote',
    callback = function(keys, args)
        local stream = keys[1]
        local later = stream .. ':later'
        local now = now_ms()
        local due = redis.call('ZRANGEBYSCORE', later, '-inf', now, 'LIMIT', 0, args[1])
        local promoted, bytes = 0, 0
        while promoted < #due and bytes < PROMOTED_BYTES do
            local last = math.min(#due, promoted + PROMOTED_AT_ONCE)
            bytes = bytes + promote(stream, due, promoted + 1, last)
            promoted = last
        end
        local next = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')[2]
        local opening, opened = open_due_gates(stream, now, math.max(1, args[1] - promoted))
        local soonest = math.min(tonumber(next) or math.huge, tonumber(opening) or math.huge)
        return {promoted, soonest < math.huge and math.max(0, soonest - now) or -1, outgoing_length(stream), opened}
    end,
    flags = {'allow-oom'},
}
