-- cw_release KEYS stream ARGV worker entry...
-- Hands jobs back unfinished, with their counters as if they had never been claimed; the next rescue takes them over
-- at once, in their old place before everything that waits. Answers how many the worker still held.
redis.register_function{
    function_name = 'cw_release',
    callback = function(keys, args)
        local stream, worker = keys[1], args[1]
        local released = 0
        for index = 2, #args do
            local delivered = deliveries(stream, worker, args[index])
            if delivered then
                redis.call('XCLAIM', stream, GROUP, RELEASED, 0, args[index],
                    'IDLE', LONG_IDLE_MS, 'RETRYCOUNT', delivered - 1, 'JUSTID')
                released = released + 1
            end
        end
        if released > 0 then
            redis.call('SREM', stream .. ':intact', worker)
            count(stream, 'released', released)
        end
        return released
    end,
    flags = {'allow-oom'},
}
