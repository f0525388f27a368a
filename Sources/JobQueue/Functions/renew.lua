-- cw_renew KEYS stream ARGV worker handings entry...
-- Starts the lease of jobs anew. When the entries are all that the worker believes it holds of this queue, `handings` is
-- how many calls it had sent that hand jobs back, else ''.
-- Answers the entries that the worker does not hold any more.
local function renew(stream, worker, held)
    local lanes = {}
    for _, entry in ipairs(held) do
        local lane, id = lane_of(stream, entry)
        lanes[lane] = lanes[lane] or {}
        table.insert(lanes[lane], id)
    end
    for lane, renewed in pairs(lanes) do
        renewed[#renewed + 1] = 'JUSTID'
        redis.call('XCLAIM', lane, GROUP, worker, 0, unpack(renewed))
    end
end

redis.register_function{
    function_name = 'cw_renew',
    callback = function(keys, args)
        local stream, worker = keys[1], args[1]
        -- XCLAIM takes a job from whoever holds it, so nobody is taken at its word here: what is said may have been on
        -- its way, on a connection given up since, while the job was handed back and given to another.
        local held, lost = divide(stream, worker, args, 3)
        renew(stream, worker, held)
        -- Nothing it handed back does it believe in, so it may be taken at its word again.
        local counted = args[2] ~= '' and #lost == 0 and redis.call('HGET', stream .. ':handed_back', worker)
        if counted and tonumber(args[2]) >= tonumber(counted) then redis.call('SADD', stream .. ':intact', worker) end
        return lost
    end,
    flags = {'allow-oom'},
}
