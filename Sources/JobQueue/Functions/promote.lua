-- cw_promote KEYS stream ARGV limit
-- Makes jobs ready whose time has come, earliest first. `limit` is at most 1000.
-- Answers how many, in how many milliseconds the next one is due (-1: none waits), and how much waits in `:outgoing`.

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
        local next = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')
        return {#due, next[2] and math.max(0, next[2] - now) or -1, outgoing_length(stream)}
    end,
    flags = {'allow-oom'},
}
