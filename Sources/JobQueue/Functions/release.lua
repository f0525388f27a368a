do

-- cw_release KEYS stream ARGV worker limit entry...
-- Hands jobs back unfinished, with their other counters as if they had never been claimed; the next rescue takes them
-- over at once, in their old place before everything that waits. A job handed back `limit` times without a checkpoint
-- in between is parked instead, with reason `interrupted`. Answers how many the worker still held.

local function release(stream, worker, limit, entry, delivered)
    local interruptions, losses, silent = read_setbacks(stream, entry)
    write_setbacks(stream, entry, interruptions + 1, losses, silent)
    local job = interruptions + 1 >= limit and held_job(stream, worker, entry)
    if job then
        return bury_entry(stream, entry, job, 'interrupted',
            'It was handed back unfinished ' .. limit .. ' times: it takes longer than its workers live.', worker)
    end
    hand_back(stream, entry, delivered)
end

redis.register_function{
    function_name = 'cw_release',
    callback = function(keys, args)
        local stream, worker, limit = keys[1], args[1], tonumber(args[2])
        local released = 0
        for index = 3, #args do
            local delivered = deliveries(stream, worker, args[index])
            if delivered then
                release(stream, worker, limit, args[index], delivered)
                released = released + 1
            end
        end
        if released > 0 then
            note_handing_back(stream, worker)
            count(stream, 'released', released)
        end
        return released
    end,
    flags = {'allow-oom'},
}

-- cw_hand_over KEYS stream ARGV worker
-- Says that a worker is dead: the next rescue takes its jobs over at once, and each counts a crash. Only whoever saw the
-- worker end may say so. Answers how many jobs it held.
local function hand_over(lane, worker)
    local first, found = '-', 0
    while true do
        local pending = redis.call('XPENDING', lane, GROUP, first, '+', 1000, worker)
        if #pending == 0 then return found end
        local ids = {}
        for index, entry in ipairs(pending) do ids[index] = entry[1] end
        first = '(' .. ids[#ids]
        found = found + #ids
        local options = {'IDLE', LONG_IDLE_MS, 'JUSTID'}
        for _, option in ipairs(options) do ids[#ids + 1] = option end
        redis.call('XCLAIM', lane, GROUP, worker, 0, unpack(ids))
    end
end

redis.register_function{
    function_name = 'cw_hand_over',
    callback = function(keys, args)
        local stream, worker, found = keys[1], args[1], 0
        distrust(stream, worker)
        if redis.call('EXISTS', stream) == 0 then return 0 end
        for _, lane in ipairs(lanes_of(stream)) do found = found + hand_over(lane[1], worker) end
        return found
    end,
    flags = {'allow-oom'},
}

end
