-- cw_promote KEYS stream ARGV limit
-- Makes jobs ready whose time has come, earliest first, and opens the gates of limits whose time has come. `limit` is at
-- most 1000. Answers how many jobs were due, in how many milliseconds the next job or gate is (-1: none), and how much
-- waits in `:outgoing`.

redis.register_function{
    function_name = 'cw_promote',
    callback = function(keys, args)
        local stream = keys[1]
        local later = stream .. ':later'
        local now = now_ms()
        local due = redis.call('ZRANGEBYSCORE', later, '-inf', now, 'LIMIT', 0, args[1])
        if #due > 0 then
            local packed = redis.call('HMGET', later .. ':jobs', unpack(due))
            for index, member in ipairs(due) do
                if packed[index] then
                    local job = unpack_job(packed[index], member)
                    make_ready(stream, job)
                end
            end
            redis.call('ZREM', later, unpack(due))
            redis.call('HDEL', later .. ':jobs', unpack(due))
            redis.call('SREM', later .. ':retries', unpack(due))
        end
        local next = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')[2]
        local opening = open_due_gates(stream, now, math.max(1, args[1] - #due))
        local soonest = math.min(tonumber(next) or math.huge, tonumber(opening) or math.huge)
        return {#due, soonest < math.huge and math.max(0, soonest - now) or -1, outgoing_length(stream)}
    end,
    flags = {'allow-oom'},
}
