-- cw_announce KEYS workers ARGV worker forget_ms
-- Notes in the sorted set of all workers that this one lives, and forgets those that were silent for so long. Its key is
-- no queue's. Answers 1.
redis.register_function{
    function_name = 'cw_announce',
    callback = function(keys, args)
        local now = now_ms()
        redis.call('ZADD', keys[1], now, args[1])
        redis.call('ZREMRANGEBYSCORE', keys[1], '-inf', now - args[2])
        return 1
    end,
    flags = {'allow-oom'},
}
