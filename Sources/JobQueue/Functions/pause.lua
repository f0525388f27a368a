-- A queue or a type of it that is paused stands in the hash `:paused`, with the time since when: `queue`, or
-- `type:email.send`. Workers ask for `:control` every second, and for cw_control when it has changed.

-- cw_pause KEYS stream ARGV what
-- No job of the queue (`queue`) or the type (`type:…`) begins any more; those that run go on. Answers 1, or 0 when it was
-- paused already.
redis.register_function{
    function_name = 'cw_pause',
    callback = function(keys, args)
        local is_new = redis.call('HSETNX', keys[1] .. ':paused', args[1], digits(now_ms()))
        redis.call('INCR', keys[1] .. ':control')
        return is_new
    end,
    flags = {'allow-oom'},
}

-- cw_resume KEYS stream ARGV what
-- Answers 1, or 0 when it was not paused. What waited for it is made ready by cw_unblock.
redis.register_function{
    function_name = 'cw_resume',
    callback = function(keys, args)
        local was_paused = redis.call('HDEL', keys[1] .. ':paused', args[1])
        redis.call('INCR', keys[1] .. ':control')
        return was_paused
    end,
    flags = {'allow-oom'},
}

-- cw_control KEYS stream
-- Answers the version of what people asked of this queue, what is paused, the entries whose jobs are to be cancelled, and
-- the gates behind which jobs wait although the gate is open.
redis.register_function{
    function_name = 'cw_control',
    callback = function(keys)
        local stream = keys[1]
        local paused, open = redis.call('HKEYS', stream .. ':paused'), {}
        for _, gate in ipairs(redis.call('SMEMBERS', stream .. ':gates')) do
            local is_shut = redis.call('HEXISTS', stream .. ':paused', gate) == 1
            if not is_shut then open[#open + 1] = gate end
        end
        local version = redis.call('GET', stream .. ':control') or '0'
        return {version, paused, redis.call('SMEMBERS', stream .. ':cancelled'), open}
    end,
    flags = {'no-writes'},
}

-- Puts a job that `entry` is behind a gate, in the order of the time it came (us), which is now unless it is said.
local function block_entry(stream, entry, job, gate, order)
    job.gate = gate
    local member = store_job(stream .. ':blocked:jobs', job, entry)
    redis.call('ZADD', stream .. ':blocked:' .. gate, order or now_us(), member)
    redis.call('SADD', gates_like(stream, gate), gate)
    remove_entry(stream, entry, job)
    track(stream, job, 'blocked')
end

-- cw_block KEYS stream ARGV worker entry type
-- Sets a job of a paused type aside, without burning an attempt, until the type is resumed. Should that have happened
-- already, it is handed back as it came. Answers 1 when it was set aside, 2 when it was handed back, 0 when the worker did
-- not hold it any more.
redis.register_function{
    function_name = 'cw_block',
    callback = function(keys, args)
        local stream, worker, entry, gate = keys[1], args[1], args[2], 'type:' .. args[3]
        if redis.call('HEXISTS', stream .. ':paused', gate) == 0 then
            local delivered = deliveries(stream, worker, entry)
            if not delivered then return 0 end
            hand_back(stream, entry, delivered)
            note_handing_back(stream, worker)
            return 2
        end
        local job = held_job(stream, worker, entry)
        if not job then return 0 end
        if is_cancelled(stream, entry) then
            end_entry(stream, entry, job, 'cancelled')
        else
            block_entry(stream, entry, job, gate)
        end
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_unblock KEYS stream ARGV gate limit
-- Makes jobs ready that waited behind an open gate, at most 1000, in their order. Answers how many.
redis.register_function{
    function_name = 'cw_unblock',
    callback = function(keys, args)
        local stream, gate = keys[1], args[1]
        if redis.call('HEXISTS', stream .. ':paused', gate) == 1 then return 0 end
        local popped = redis.call('ZPOPMIN', stream .. ':blocked:' .. gate, args[2])
        for index = 1, #popped, 2 do
            local member = popped[index]
            local packed = redis.call('HGET', stream .. ':blocked:jobs', member)
            redis.call('HDEL', stream .. ':blocked:jobs', member)
            if packed then
                local job = unpack_job(packed, member)
                job.gate = nil
                make_ready(stream, job)
            end
        end
        if redis.call('EXISTS', stream .. ':blocked:' .. gate) == 0 then redis.call('SREM', stream .. ':gates', gate) end
        return #popped / 2
    end,
    flags = {'allow-oom'},
}
