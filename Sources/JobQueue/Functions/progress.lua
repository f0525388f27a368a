do

-- cw_progress KEYS stream ARGV worker entry fraction [remaining_ms]
-- Notes how far a tracked job is, and when it will be done if its worker can tell: what was expected before is not expected
-- any more. Answers 1, or 0 when the worker does not hold it any more.
local function track_progress(stream, job, fraction, remaining)
    if remaining then
        track(stream, job, 'active', 'progress', fraction, 'eta', digits(now_ms() + remaining))
    else
        track(stream, job, 'active', 'progress', fraction)
        forget_eta(stream, job)
    end
end

redis.register_function{
    function_name = 'cw_progress',
    callback = function(keys, args)
        local stream, worker, entry, fraction, remaining = keys[1], args[1], args[2], args[3], milliseconds(args[4])
        if not deliveries(stream, worker, entry) then return 0 end
        local job = read_job(stream, entry)
        if job then track_progress(stream, job, fraction, remaining) end
        return 1
    end,
    flags = {'allow-oom'},
}

end

-- cw_checkpoint KEYS stream ARGV worker entry ttl_ms data
-- Keeps how far a long job has come, for the next worker that runs it. A job that gets on is not parked for being
-- interrupted often. Answers 1, or 0 when the worker does not hold it any more. Refused when the memory is full: the
-- job goes on from the last one that was kept.
redis.register_function{
    function_name = 'cw_checkpoint',
    callback = function(keys, args)
        local stream, worker, entry, ttl, data = keys[1], args[1], args[2], args[3], args[4]
        if not deliveries(stream, worker, entry) then return 0 end
        local job = read_job(stream, entry)
        if not job then return 0 end
        redis.call('SET', checkpoint_key(stream, job), data, 'PX', ttl)
        local interruptions, losses, silent = read_setbacks(stream, entry)
        if interruptions > 0 then write_setbacks(stream, entry, 0, losses, silent) end
        return 1
    end,
}
