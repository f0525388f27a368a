-- cw_join KEYS stream ARGV worker fresh
-- Makes the queue if it is new. `fresh` is 1 for a worker that begins, and so holds nothing. Answers 1.
redis.register_function{
    function_name = 'cw_join',
    callback = function(keys, args)
        local made = redis.pcall('XGROUP', 'CREATE', keys[1], GROUP, '0', 'MKSTREAM')
        if made.err and not string.find(made.err, '^BUSYGROUP') then return made end
        if args[2] == '1' then redis.call('SADD', keys[1] .. ':intact', args[1]) end
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_leave KEYS stream ARGV worker
-- Forgets a worker that ends. What it holds by now came in answers that never reached it, so it is handed back as if it
-- had never been claimed. Answers how many jobs that were.
redis.register_function{
    function_name = 'cw_leave',
    callback = function(keys, args)
        local stream, worker, handed_back = keys[1], args[1], 0
        while true do
            local held = redis.call('XPENDING', stream, GROUP, '-', '+', 1000, worker)
            if #held == 0 then break end
            for _, pending in ipairs(held) do hand_to(stream, RELEASED, pending[1], LONG_IDLE_MS, pending[4] - 1) end
            handed_back = handed_back + #held
        end
        redis.call('XGROUP', 'DELCONSUMER', stream, GROUP, worker)
        distrust(stream, worker)
        return handed_back
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
            if pending == 0 and idle > tonumber(args[1]) and not is_nobody(name) then
                redis.call('XGROUP', 'DELCONSUMER', keys[1], GROUP, name)
                distrust(keys[1], name)
                forgotten = forgotten + 1
            end
        end
        return forgotten
    end,
    flags = {'allow-oom'},
}
