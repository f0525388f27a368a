-- cw_promote KEYS stream ARGV limit
-- Makes jobs ready whose time has come, earliest first. `limit` is at most 1000.
-- Answers how many, and in how many milliseconds the next one is due (-1: none waits).

-- The job in a field of `:later:jobs`; one that is no job any more is shown as it is, to become a dead letter.
local function unpack_job(packed, member)
    local ok, fields = pcall(cmsgpack.unpack, packed)
    if not ok or type(fields) ~= 'table' then return {id = member, args = packed} end
    local job = {}
    for at = 1, #fields - 1, 2 do job[tostring(fields[at])] = tostring(fields[at + 1]) end
    job.id = job.id or member
    return job
end

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
                    track(stream, job, 'ready', 'entry', add_entry(stream, job))
                end
            end
            redis.call('ZREM', later, unpack(due))
            redis.call('HDEL', later .. ':jobs', unpack(due))
            redis.call('SREM', later .. ':retries', unpack(due))
        end
        local next = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')
        return {#due, next[2] and math.max(0, next[2] - now) or -1}
    end,
    flags = {'allow-oom'},
}
