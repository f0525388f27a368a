-- cw_complete KEYS stream ARGV worker counter entry...
-- Ends jobs for good. `counter` is the statistic they count for: done or discarded. At most 1000 entries a call.
-- Answers the entries that the worker did not hold any more; nothing happened to those.
redis.register_function{
    function_name = 'cw_complete',
    callback = function(keys, args)
        local stream, worker, counter = keys[1], args[1], args[2]
        if is_intact(stream, worker) then
            count(stream, counter, remove_entries(stream, args, 3))
            return {}
        end
        local held, lost = divide(stream, worker, args, 3)
        if #held > 0 then count(stream, counter, remove_entries(stream, held)) end
        return lost
    end,
    flags = {'allow-oom'},
}

-- cw_finish KEYS stream ARGV worker counter entry state result
-- cw_complete for one job that is tracked or left a checkpoint: also notes its state (done, discarded) and its result
-- (JSON, or the reason), and forgets the checkpoint.
-- Answers 1, or 0 when the worker did not hold it any more.
redis.register_function{
    function_name = 'cw_finish',
    callback = function(keys, args)
        local stream, worker, counter, entry, state, result = keys[1], args[1], args[2], args[3], args[4], args[5]
        if not deliveries(stream, worker, entry) then return 0 end
        local job = read_job(stream, entry)
        remove_entries(stream, {entry})
        count(stream, counter, 1)
        if job then
            redis.call('DEL', checkpoint_key(stream, job))
            track(stream, job, state, 'result', result, 'progress', state == 'done' and '1' or '0')
        end
        return 1
    end,
    flags = {'allow-oom'},
}
