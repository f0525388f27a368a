-- cw_cancel KEYS stream ARGV token entry
-- Ends a job that has not begun; of one that runs, its worker is told, which stops it within a second or two. Nothing
-- that was done already is undone. `entry` is where the caller found the job, '' to have it looked up.
-- Answers cancelled, cancelling (a worker has it), the state of a job that has ended, or unknown.

-- The job that an entry is, if it is the one that is meant: what `:entries` says may be of another.
local function is_entry_of(stream, entry, token)
    local job = read_job(stream, entry)
    return job and job.id == token
end

local function state_of_ended(stream, token)
    if redis.call('HEXISTS', stream .. ':dead:jobs', token) == 1 then return 'dead' end
    local state = redis.pcall('HGET', stream .. ':job:' .. token, 'state')
    return type(state) == 'string' and ENDS[state] and state or 'unknown'
end

local function cancel_job(stream, token, entry)
    local place
    if entry == '' then
        place, entry = find_job(stream, token)
    else
        place = holder_of(stream, entry) and 'active' or 'ready'
    end
    if entry and not is_entry_of(stream, entry, token) then place = nil end
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

-- cw_show KEYS stream ARGV token entry
-- All that is known of a job: its state, its fields, who holds it (worker, ms since its last renewal, times delivered),
-- and what is noted for those who track it. `entry` as for cw_cancel. The state is '' for a job that is nowhere.

local function stored(hash, token)
    local packed = redis.call('HGET', hash, token)
    return packed and unpack_job(packed, token)
end

local function show_entry(stream, entry)
    local pending = redis.pcall('XPENDING', stream, GROUP, entry, entry, 1)
    local job = read_job(stream, entry)
    if pending.err or not pending[1] or is_nobody(pending[1][2]) then return 'ready', job, {} end
    return 'active', job, {pending[1][2], pending[1][3], pending[1][4]}
end

local function show(stream, token, place, entry)
    if entry then return show_entry(stream, entry) end
    if place == 'blocked' then return 'blocked', stored(stream .. ':blocked:jobs', token), {} end
    if place == 'later' then
        local job = stored(stream .. ':later:jobs', token)
        job.due = redis.call('ZSCORE', stream .. ':later', token) or nil
        local is_retry = redis.call('SISMEMBER', stream .. ':later:retries', token) == 1
        return is_retry and 'retrying' or 'scheduled', job, {}
    end
    local job = stored(stream .. ':dead:jobs', token)
    return job and 'dead' or '', job or {}, {}
end

redis.register_function{
    function_name = 'cw_show',
    callback = function(keys, args)
        local stream, token, entry = keys[1], args[1], args[2]
        local place
        if entry == '' then place, entry = find_job(stream, token) else place = 'ready' end
        if entry and not is_entry_of(stream, entry, token) then place, entry = nil, nil end
        local state, job, holder = show(stream, token, place, entry)
        local tracked = redis.pcall('HGETALL', stream .. ':job:' .. token)
        return {state, flatten(job), holder, tracked.err and {} or tracked}
    end,
    flags = {'no-writes'},
}
