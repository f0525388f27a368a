-- Each of these functions takes any number of jobs; a hundred keep Redis busy for a few milliseconds.

-- cw_push KEYS stream ARGV track_ms (token delay_ms type args trace)...
-- Enqueues jobs that another store keeps until it knows how they ended, each once: one that is known
-- by its token is not added again. They are tracked for track_ms after each change; `trace` is '' for none.
-- Refused as a whole when the memory is full. Answers for each job 1 (added), 0 (known) or -1 (no job: not added).
local FIELDS_A_PUSH = 5

local function is_known(stream, token)
    return redis.call('EXISTS', stream .. ':job:' .. token) == 1
        or redis.call('HEXISTS', stream .. ':later:jobs', token) == 1
        or redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1
        or redis.call('HEXISTS', stream .. ':dead:jobs', token) == 1
end

local function push(stream, track_ms, token, delay_ms, type, args, trace)
    local delay = whole(delay_ms, MOST_MS)
    if not is_token(token) or not delay then return -1 end
    if is_known(stream, token) then return 0 end
    store_new(stream, {type = type, args = args, id = token, track = track_ms, trace = trace ~= '' and trace or nil}, delay)
    return 1
end

redis.register_function{
    function_name = 'cw_push',
    callback = function(keys, args)
        local stream, track_ms = keys[1], args[1]
        if (whole(track_ms, MOST_MS) or 0) < 1 then return refuse('bad track_ms') end
        if (#args - 1) % FIELDS_A_PUSH ~= 0 then return refuse('bad number of arguments') end
        if not holds_jobs(stream) then return refuse_queue(stream) end
        local answers = {}
        for at = 2, #args, FIELDS_A_PUSH do
            answers[#answers + 1] = push(stream, track_ms, unpack(args, at, at + FIELDS_A_PUSH - 1))
        end
        return answers
    end,
}

-- cw_states KEYS stream ARGV track_ms token...
-- Answers the state of tracked jobs (see `track`), '' for one that this server does not have. What is not ended is
-- tracked for track_ms from now. `unreadable` stands for a key that holds something else.

-- A state may outlive its job: a stream can be trimmed or deleted, and so can any other key.
local function has_job(stream, token, state, entry)
    if state == 'scheduled' or state == 'retrying' then
        return redis.call('HEXISTS', stream .. ':later:jobs', token) == 1
    elseif state == 'blocked' then
        return redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1
    end
    return not entry or read_job(stream, entry) ~= nil
end

-- A state may also be lost without its job.
local function place_of(stream, token)
    if redis.call('HEXISTS', stream .. ':dead:jobs', token) == 1 then return 'dead' end
    if redis.call('HEXISTS', stream .. ':later:jobs', token) == 1 then return 'scheduled' end
    if redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1 then return 'blocked' end
    return ''
end

local function state_of(stream, track_ms, token)
    local key = stream .. ':job:' .. token
    local found = redis.pcall('HMGET', key, 'state', 'entry')
    if found.err then return 'unreadable' end
    local state, entry = found[1], found[2]
    if not state then return place_of(stream, token) end
    if ENDS[state] then return state end
    if has_job(stream, token, state, entry) then
        redis.call('PEXPIRE', key, track_ms)
        return state
    end
    -- It may be pushed again.
    redis.call('DEL', key)
    return place_of(stream, token)
end

redis.register_function{
    function_name = 'cw_states',
    callback = function(keys, args)
        local stream, track_ms, states = keys[1], args[1], {}
        if (whole(track_ms, MOST_MS) or 0) < 1 then return refuse('bad track_ms') end
        for at = 2, #args do states[#states + 1] = state_of(stream, track_ms, args[at]) end
        return states
    end,
    flags = {'allow-oom'},
}

-- cw_untrack KEYS stream ARGV keep_ms token...
-- Keeps what is known of jobs for keep_ms at the most: their ends are noted elsewhere. Answers 1.
redis.register_function{
    function_name = 'cw_untrack',
    callback = function(keys, args)
        for at = 2, #args do
            local key = keys[1] .. ':job:' .. args[at]
            redis.call('PEXPIRE', key, args[1], 'LT')
            redis.call('PEXPIRE', key .. ':end', args[1], 'LT')
        end
        return 1
    end,
    flags = {'allow-oom'},
}
