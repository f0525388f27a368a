-- cw_retry KEYS stream ARGV worker entry delay_ms burn error [kind duration_ms [retry_for_ms]]
-- Puts a job off. `burn` is 1 when an attempt failed (`error` says how, `kind` names the error's type, `duration_ms` is how
-- long it took), 0 when the job is only snoozed. A failed job whose next attempt would begin more than `retry_for_ms` after
-- it was first enqueued is parked instead, with reason `too_late`.
-- Answers 2 when it was parked, 1 when it was put off, or 0 when the worker did not hold it any more.

local function put_off(stream, entry, job, delay, counter)
    if is_cancelled(stream, entry) then return end_entry(stream, entry, job, 'cancelled') end
    local member = store_job(stream .. ':later:jobs', job, entry)
    redis.call('ZADD', stream .. ':later', now_ms() + delay, member)
    redis.call('SADD', stream .. ':later:retries', member)
    remove_entry(stream, entry, job)
    count(stream, counter, 1)
    track(stream, job, 'retrying', 'error', job.error or '')
end

local function begins_too_late(job, delay, retry_for)
    local enqueued = whole(job.enqueued, MOST_MS)
    return retry_for and enqueued and now_ms() + delay > enqueued + retry_for
end

redis.register_function{
    function_name = 'cw_retry',
    callback = function(keys, args)
        local stream, worker, entry, delay = keys[1], args[1], args[2], tonumber(args[3])
        local job = held_job(stream, worker, entry)
        if not job then return 0 end
        if args[4] == '1' then
            local retry_for = whole(args[8], MOST_MS)
            if begins_too_late(job, delay, retry_for) then
                local error = args[5] .. ' (No retry: it would have begun more than ' .. retry_for / 1000
                    .. ' s after the job was enqueued.)'
                bury_entry(stream, entry, job, 'too_late', error, worker, args[6], args[7])
                return 2
            end
            note_failure(job, args[5], args[6], worker, args[7])
            job.attempt = tostring(job.attempt + 1)
            forget_eta(stream, job)
            put_off(stream, entry, job, delay, 'retried')
        else
            add_to(job, 'snoozes', 1)
            put_off(stream, entry, job, delay, 'snoozed')
        end
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_await_type KEYS stream ARGV worker entry limit_ms error
-- For a job of a type that the worker does not know: a newer worker may. Puts it off, for as long as it has waited
-- already, from a second to a minute; after limit_ms it is parked with reason `unknown_type`.
-- Answers 2 when it was parked, 1 when it was put off, 0 when the worker did not hold it any more.
redis.register_function{
    function_name = 'cw_await_type',
    callback = function(keys, args)
        local stream, worker, entry = keys[1], args[1], args[2]
        local job = held_job(stream, worker, entry)
        if not job then return 0 end
        local age = now_ms() - (whole(job.enqueued, MOST_MS) or 0)
        if age >= tonumber(args[3]) then
            bury_entry(stream, entry, job, 'unknown_type', args[4], worker)
            return 2
        end
        add_to(job, 'snoozes', 1)
        put_off(stream, entry, job, math.max(1000, math.min(60000, age)), 'snoozed')
        return 1
    end,
    flags = {'allow-oom'},
}
