do

-- So many lines of a job are kept, the newest, with so much of each.
local MOST_LINES, LINE_BYTES = 200, 500

-- cw_log KEYS stream ARGV worker entry (level message fields)...
-- Keeps what a tracked job says, for as long as it is tracked: any number of lines, each with its further fields as a JSON
-- object, '' for none. Answers 1, or 0 when the worker does not hold it any more. Refused when the memory is full: it is a
-- courtesy.
redis.register_function{
    function_name = 'cw_log',
    callback = function(keys, args)
        local stream, worker, entry = keys[1], args[1], args[2]
        if not deliveries(stream, worker, entry) then return 0 end
        local job = read_job(stream, entry)
        local ttl = job and whole(job.track, MOST_MS) or 0
        if ttl < 1 then return 1 end
        local key = stream .. ':job:' .. job.id .. ':log'
        if not may_hold(key, 'stream') then return 1 end
        for at = 3, #args - 2, 3 do
            local level, message, fields = args[at], cut(args[at + 1], LINE_BYTES), args[at + 2]
            -- Half a JSON object is none.
            if #fields > LINE_BYTES then fields = '' end
            redis.call(
                'XADD', key, 'MAXLEN', MOST_LINES, '*', 'level', level, 'attempt', job.attempt or '1', 'message', message,
                'fields', fields)
        end
        redis.call('PEXPIRE', key, ttl)
        return 1
    end,
}

end
