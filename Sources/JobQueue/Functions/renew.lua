-- cw_renew KEYS stream ARGV worker all entry...
-- Starts the lease of jobs anew. `all` is 1 when the entries are all that the worker believes it holds of this queue.
-- Answers the entries that the worker does not hold any more.
redis.register_function{
    function_name = 'cw_renew',
    callback = function(keys, args)
        local stream, worker = keys[1], args[1]
        if is_intact(stream, worker) then
            if #args > 2 then
                args[#args + 1] = 'JUSTID'
                redis.call('XCLAIM', stream, GROUP, worker, 0, unpack(args, 3))
            end
            return {}
        end
        local held, lost = divide(stream, worker, args, 3)
        if #held > 0 then
            held[#held + 1] = 'JUSTID'
            redis.call('XCLAIM', stream, GROUP, worker, 0, unpack(held))
        end
        -- Nothing it believes in is lost, so it may be taken at its word again.
        if args[2] == '1' and #lost == 0 then redis.call('SADD', stream .. ':intact', worker) end
        return lost
    end,
    flags = {'allow-oom'},
}
