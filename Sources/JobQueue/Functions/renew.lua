-- cw_renew KEYS stream ARGV worker handings entry...
-- Starts the lease of jobs anew. When the entries are all that the worker believes it holds of this queue, `handings` is
-- how many calls it had sent that hand jobs back, else ''.
-- Answers the entries that the worker does not hold any more.
redis.register_function{
    function_name = 'cw_renew',
    callback = function(keys, args)
        local stream, worker = keys[1], args[1]
        -- XCLAIM takes a job from whoever holds it, so nobody is taken at its word here: what is said may have been on
        -- its way, on a connection given up since, while the job was handed back and given to another.
        local held, lost = divide(stream, worker, args, 3)
        if #held > 0 then
            held[#held + 1] = 'JUSTID'
            redis.call('XCLAIM', stream, GROUP, worker, 0, unpack(held))
        end
        -- Nothing it handed back does it believe in, so it may be taken at its word again.
        local counted = args[2] ~= '' and #lost == 0 and redis.call('HGET', stream .. ':handed_back', worker)
        if counted and tonumber(args[2]) >= tonumber(counted) then redis.call('SADD', stream .. ':intact', worker) end
        return lost
    end,
    flags = {'allow-oom'},
}
