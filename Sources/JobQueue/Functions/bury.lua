-- cw_bury KEYS stream ARGV worker entry reason error [kind duration_ms]
-- Parks a job as a dead letter, with a reason that is a code and an error that is a sentence; `kind` names the error's
-- type, `duration_ms` is how long the attempt took.
-- Answers 1, or 0 when the worker did not hold it any more.
redis.register_function{
    function_name = 'cw_bury',
    callback = function(keys, args)
        local stream, worker, entry = keys[1], args[1], args[2]
        local job = held_job(stream, worker, entry)
        if not job then return 0 end
        bury_entry(stream, entry, job, args[3], args[4], worker, args[5], args[6])
        return 1
    end,
    flags = {'allow-oom'},
}
