do

local HASHES = {
    later = ':later:jobs', blocked = ':blocked:jobs', dead = ':dead:jobs', groups = ':dead:groups:about',
}

-- cw_swap KEYS stream ARGV place member old new
-- Gives a job that waits (`later`, `blocked`) or is `dead`, or what is said of a group of letters (`groups`), other fields, as
-- they are packed, if it still has the old ones. Answers 1, or 0 when it has others by now, or is gone.
redis.register_function{
    function_name = 'cw_swap',
    callback = function(keys, args)
        local hash = HASHES[args[1]]
        if not hash or not args[4] then return refuse('bad place') end
        hash = keys[1] .. hash
        if not may_hold(hash, 'hash') or redis.call('HGET', hash, args[2]) ~= args[3] then return 0 end
        redis.call('HSET', hash, args[2], args[4])
        return 1
    end,
    flags = {'allow-oom'},
}

end
