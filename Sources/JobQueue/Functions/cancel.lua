-- cw_cancel KEYS stream ARGV token entry
-- Ends a job that has not begun; of one that runs, its worker is told, which stops it within a second or two. Nothing
-- that was done already is undone. `entry` is where the caller found the job, '' to have it looked up.
-- Answers cancelled, cancelling (a worker has it), the state of a job that has ended, or unknown.

local function state_of_ended(stream, token)
    if redis.call('HEXISTS', stream .. ':dead:jobs', token) == 1 then return 'dead' end
    local state = redis.pcall('HGET', stream .. ':job:' .. token, 'state')
    return type(state) == 'string' and ENDS[state] and state or 'unknown'
end

local function cancel_job(stream, token, entry)
    local place
    place, entry = find_job(stream, token, entry ~= '' and entry or nil)
    if not place then return state_of_ended(stream, token) end
    if place == 'active' then
        redis.call('SADD', stream .. ':cancelled', entry)
        redis.call('INCR', stream .. ':control')
        return 'cancelling'
    end
    local job = take_out(stream, token, place, entry)
    count(stream, 'cancelled', 1)
    job_ended(stream, job, 'cancelled')
    return 'cancelled'
end

redis.register_function{
    function_name = 'cw_cancel',
    callback = function(keys, args) return cancel_job(keys[1], args[1], args[2]) end,
    flags = {'allow-oom'},
}

-- cw_find KEYS stream ARGV token first
-- Looks for a job through all that wait or run, from the entry `first` on (`-`: the oldest), at most 500 of them and until a
-- megabyte has passed: only one whose producer chose its id in a plain XADD is not found otherwise. Answers its entry, ''
-- for none, and where to go on, '' when that was all.
redis.register_function{
    function_name = 'cw_find',
    callback = function(keys, args)
        local first, bytes = args[2], 0
        for _ = 1, 500 do
            local found = redis.call('XRANGE', keys[1], first, '+', 'COUNT', 1)[1]
            if not found then return {'', ''} end
            for at = 1, #found[2], 2 do
                if found[2][at] == 'id' and found[2][at + 1] == args[1] then return {found[1], ''} end
                bytes = bytes + #found[2][at + 1]
            end
            first = '(' .. found[1]
            if bytes > 1048576 then break end
        end
        return {'', first}
    end,
    flags = {'no-writes'},
}

-- cw_show KEYS stream ARGV token entry
-- All that is known of a job: its state, its fields, who holds it (worker, ms since its last renewal, times delivered),
-- what is noted for those who track it, and the time in ms, from which its `eta` is counted. `entry` as for cw_cancel. The
-- state is '' for a job that is nowhere.

local function stored(hash, token)
    local packed = redis.call('HGET', hash, token)
    return packed and unpack_job(packed, token)
end

local function show(stream, token, known)
    local place, _, job, holding = find_job(stream, token, known)
    if place == 'active' then return place, job, {holding[2], holding[3], holding[4]} end
    if place == 'ready' then return place, job, {} end
    if place == 'blocked' then return place, stored(stream .. ':blocked:jobs', token), {} end
    if place == 'later' then
        job = stored(stream .. ':later:jobs', token)
        job.due = redis.call('ZSCORE', stream .. ':later', token) or nil
        local is_retry = redis.call('SISMEMBER', stream .. ':later:retries', token) == 1
        return is_retry and 'retrying' or 'scheduled', job, {}
    end
    job = stored(stream .. ':dead:jobs', token)
    return job and 'dead' or '', job or {}, {}
end

redis.register_function{
    function_name = 'cw_show',
    callback = function(keys, args)
        local stream, token, entry = keys[1], args[1], args[2]
        local state, job, holder = show(stream, token, entry ~= '' and entry or nil)
        local tracked = redis.pcall('HGETALL', stream .. ':job:' .. token)
        return {state, flatten(job), holder, tracked.err and {} or tracked, now_ms()}
    end,
    flags = {'no-writes'},
}
