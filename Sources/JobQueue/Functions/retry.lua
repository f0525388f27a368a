-- cw_retry KEYS stream ARGV worker entry delay_ms burn error
-- Puts a job off. `burn` is 1 when an attempt failed (`error` says how), 0 when the job is only snoozed.
-- Answers 1, or 0 when the worker did not hold it any more.
redis.register_function{
    function_name = 'cw_retry',
    callback = function(keys, args)
        local stream, worker, entry, delay = keys[1], args[1], args[2], tonumber(args[3])
        local job = held_job(stream, worker, entry)
        if not job then return 0 end
        if args[4] == '1' then
            job.attempt = tostring(job.attempt + 1)
            job.error = args[5]
        else
            job.snoozes = tostring((job.snoozes or 0) + 1)
        end
        local member = store_job(stream .. ':later:jobs', job, entry)
        redis.call('ZADD', stream .. ':later', now_ms() + delay, member)
        redis.call('SADD', stream .. ':later:retries', member)
        remove_entry(stream, entry)
        count(stream, args[4] == '1' and 'retried' or 'snoozed', 1)
        track(stream, job, 'retrying', 'error', job.error or '')
        return 1
    end,
    flags = {'allow-oom'},
}
