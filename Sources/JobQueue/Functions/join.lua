do

-- cw_join KEYS stream ARGV worker fresh
-- Makes the queue, with both its lanes, if it is new. `fresh` is 1 for a worker that begins, and so holds nothing. Answers 1.
redis.register_function{
    function_name = 'cw_join',
    callback = function(keys, args)
        for _, lane in ipairs({keys[1], admitted_lane(keys[1])}) do
            local made = redis.pcall('XGROUP', 'CREATE', lane, GROUP, '0', 'MKSTREAM')
            if made.err and not string.find(made.err, '^BUSYGROUP') then return made end
        end
        if args[2] == '1' then redis.call('SADD', keys[1] .. ':intact', args[1]) end
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_leave KEYS stream ARGV worker
-- Forgets a worker that ends. What it holds by now came in answers that never reached it, so it is handed back as if it
-- had never been claimed. Answers how many jobs that were.
local function leave(stream, lane, prefix, worker)
    local handed_back = 0
    while true do
        local held = redis.call('XPENDING', lane, GROUP, '-', '+', 1000, worker)
        if #held == 0 then break end
        for _, pending in ipairs(held) do
            hand_to(stream, RELEASED, prefix .. pending[1], LONG_IDLE_MS, pending[4] - 1)
        end
        handed_back = handed_back + #held
    end
    redis.call('XGROUP', 'DELCONSUMER', lane, GROUP, worker)
    return handed_back
end

redis.register_function{
    function_name = 'cw_leave',
    callback = function(keys, args)
        local stream, worker, handed_back = keys[1], args[1], 0
        for _, lane in ipairs(lanes_of(stream)) do
            handed_back = handed_back + leave(stream, lane[1], lane[2], worker)
        end
        distrust(stream, worker)
        return handed_back
    end,
    flags = {'allow-oom'},
}

-- cw_forget KEYS stream ARGV idle_ms
-- Forgets workers that ended without leaving, hold nothing, and were not heard of for so long. Answers how many.

-- Whoever speaks or holds something in one of the lanes is not silent.
local function silent_workers(stream, silence)
    local is_silent, names = {}, {}
    for _, lane in ipairs(lanes_of(stream)) do
        for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', lane[1], GROUP)) do
            local name, pending, idle = info[2], info[4], info[6]
            if is_nobody(name) or pending > 0 or idle <= silence then
                is_silent[name] = false
            elseif is_silent[name] == nil then
                is_silent[name] = true
            end
        end
    end
    for name, silent in pairs(is_silent) do if silent then names[#names + 1] = name end end
    return names
end

redis.register_function{
    function_name = 'cw_forget',
    callback = function(keys, args)
        local stream, silent = keys[1], silent_workers(keys[1], tonumber(args[1]))
        for _, name in ipairs(silent) do
            for _, lane in ipairs(lanes_of(stream)) do redis.call('XGROUP', 'DELCONSUMER', lane[1], GROUP, name) end
            distrust(stream, name)
        end
        return #silent
    end,
    flags = {'allow-oom'},
}

end
