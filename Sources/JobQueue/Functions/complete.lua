-- cw_complete KEYS stream ARGV worker counter count entry... token...
-- Ends jobs for good that leave nothing behind. `counter` is the statistic they count for: done, discarded or expired.
-- `count` is the number of entries, at most 1000; then come the ids of those jobs that have another than their entry.
-- Answers the entries that the worker did not hold any more; nothing happened to those.
redis.register_function{
    function_name = 'cw_complete',
    callback = function(keys, args)
        local stream, worker, counter, last = keys[1], args[1], args[2], 3 + tonumber(args[3])
        if is_intact(stream, worker) then
            if #args > last then redis.pcall('HDEL', stream .. ':entries', unpack(args, last + 1)) end
            count(stream, counter, remove_entries(stream, args, 4, last))
            return {}
        end
        local held, lost = divide(stream, worker, args, 4, last)
        if #held == 0 then return lost end
        for _, entry in ipairs(#args > last and held or {}) do
            local job = read_job(stream, entry)
            if job and job.id ~= entry then redis.pcall('HDEL', stream .. ':entries', job.id) end
        end
        count(stream, counter, remove_entries(stream, held))
        return lost
    end,
    flags = {'allow-oom'},
}

-- cw_finish KEYS stream ARGV worker entry state result
-- Ends one job for good that leaves something behind: its state is tracked, it left a checkpoint, it holds a unique key.
-- `state` is done, discarded, cancelled or expired; `result` is JSON, or the reason.
-- Answers 1, or 2 when something waits in `:outgoing` now, or 0 when the worker did not hold it any more.
redis.register_function{
    function_name = 'cw_finish',
    callback = function(keys, args)
        local stream, worker, entry, state, result = keys[1], args[1], args[2], args[3], args[4]
        if not deliveries(stream, worker, entry) then return 0 end
        local job = read_job(stream, entry)
        if not job then
            remove_entries(stream, {entry})
            count(stream, state, 1)
            return 1
        end
        local mistake = state == 'done' and follow.mistake(job)
        if mistake then
            bury_entry(stream, entry, job, 'malformed', mistake .. '; what the job did is done.', worker)
        else
            end_entry(stream, entry, job, state, 'result', result, 'progress', state == 'done' and '1' or '0')
        end
        return follow.has_outgoing(stream, job) and 2 or 1
    end,
    flags = {'allow-oom'},
}
