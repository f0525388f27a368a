-- Stores a job for the first time, ready now or after the delay. Answers its token.
local function store_new(stream, job, delay)
    if delay > 0 then
        local now = now_ms()
        job.enqueued = tostring(now)
        store_job(stream .. ':later:jobs', job)
        redis.call('ZADD', stream .. ':later', now + delay, job.id)
        track(stream, job, 'scheduled')
        return job.id
    end
    local entry = add_entry(stream, job)
    job.id = job.id or entry
    track(stream, job, 'ready', 'entry', entry)
    return job.id
end

-- cw_enqueue KEYS stream ARGV token delay_ms key key_ttl_ms track_ms type args [name value]...
-- For what a plain XADD cannot say. Answers the job's token.
--   token         the job's id, 1 to 64 letters, digits, '-' and '_'; '' takes the id of the stream entry, and is refused with a delay
--   delay_ms      0 enqueues now
--   key           idempotency key, '' for none: within its window a second call answers the first job's token
--   track_ms      how long state and result are kept after each change; 0 does not track
redis.register_function{
    function_name = 'cw_enqueue',
    callback = function(keys, args)
        local stream = keys[1]
        local token, delay, key = args[1], whole(args[2], MOST_MS), args[3]
        local key_ttl, track_ttl = whole(args[4], MOST_MS), whole(args[5], MOST_MS)
        -- All is checked before anything is written: a function that fails half-way is not undone.
        if token ~= '' and not is_token(token) then return redis.error_reply('ERR bad token') end
        if not delay or (delay > 0 and token == '') then return redis.error_reply('ERR bad delay') end
        if not key_ttl or (key ~= '' and key_ttl < 1) then return redis.error_reply('ERR bad key_ttl') end
        if not track_ttl then return redis.error_reply('ERR bad track_ms') end
        local once = stream .. ':once:' .. key
        if key ~= '' then
            local first = redis.call('GET', once)
            if first then return first end
        end

        -- The same delayed job again, because the answer was lost.
        if delay > 0 and redis.call('HEXISTS', stream .. ':later:jobs', token) == 1 then return token end

        local job = {type = args[6], args = args[7]}
        for index = 8, #args, 2 do job[args[index]] = args[index + 1] end
        if token ~= '' then job.id = token end
        if track_ttl > 0 then job.track = args[5] end
        token = store_new(stream, job, delay)
        if key ~= '' then redis.call('SET', once, token, 'PX', key_ttl) end
        return token
    end,
}
