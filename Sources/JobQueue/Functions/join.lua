-- cw_join KEYS stream ARGV worker
-- Makes the queue if it is new, and declares that the worker holds nothing yet. Answers 1.
redis.register_function{
    function_name = 'cw_join',
    callback = function(keys, args)
        local made = redis.pcall('XGROUP', 'CREATE', keys[1], GROUP, '0', 'MKSTREAM')
        if made.err and not string.find(made.err, '^BUSYGROUP') then return made end
        redis.call('SADD', keys[1] .. ':intact', args[1])
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_leave KEYS stream ARGV worker
-- Forgets a worker that holds nothing. Answers how many jobs it still holds; then it is not forgotten.
redis.register_function{
    function_name = 'cw_leave',
    callback = function(keys, args)
        local held = redis.call('XPENDING', keys[1], GROUP, '-', '+', 1, args[1])
        if #held > 0 then return #held end
        redis.call('XGROUP', 'DELCONSUMER', keys[1], GROUP, args[1])
        redis.call('SREM', keys[1] .. ':intact', args[1])
        return 0
    end,
    flags = {'allow-oom'},
}

-- cw_forget KEYS stream ARGV idle_ms
-- Forgets workers that ended without leaving, hold nothing, and were not heard of for so long. Answers how many.
redis.register_function{
    function_name = 'cw_forget',
    callback = function(keys, args)
        local forgotten = 0
        for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', keys[1], GROUP)) do
            local name, pending, idle = info[2], info[4], info[6]
            if pending == 0 and idle > tonumber(args[1]) and name ~= RELEASED then
                redis.call('XGROUP', 'DELCONSUMER', keys[1], GROUP, name)
                redis.call('SREM', keys[1] .. ':intact', name)
                forgotten = forgotten + 1
            end
        end
        return forgotten
    end,
    flags = {'allow-oom'},
}
