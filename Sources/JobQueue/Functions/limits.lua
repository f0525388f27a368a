-- A limit says how many jobs with its key run at once, how many begin in a period, or both. A job that begins takes a pass
-- of each of its limits, of all or of none. Passes belong to the entry that the job is, and go when the entry goes (see
-- remove_entries): until then they stay, also while the job is handed back, or its worker has died.
--   :limits          the keys, by the time in us when jobs last asked (sorted set)
--   :limit:<key>     `terms`, what is allowed, and `tat`, from which the rate follows (hash)
--   :holders:<key>   the entries that hold a pass (set)
--   :woken:<key>     entries that were let go on at their time, by a rate, and have not begun (set)
--   :passes          the keys as JSON, by the entry that holds their passes (hash)
--   :gates:due       keys of limits whose gate opens when time has passed, by that time in ms (sorted set)
-- A job that is refused waits behind the gate `limit:<key>` of the first limit that refuses it, and nothing was taken. Its
-- field `limits` says which it needs. Behind a gate jobs wait only while the limit refuses: as many hold passes as may, and
-- one of them will end; or the time at which it opens stands in `:gates:due`. So nobody asks again and again. Who is let go
-- on has its passes and is put into the lane `:admitted`, since it waited its turn already.

-- Jobs that one call lets go on, or sets behind a gate.
local MOST_WAKES = 100
-- Idle limits that one call forgets.
local MOST_FORGOTTEN = 500
local IDLE_LIMIT_US = 600 * 1000000

local function new_view(stream)
    return {stream = stream, now = now_us(), limits = {}, changed = {}}
end

-- `terms` are four numbers: how many at once; how many in a period, the period in ms, and how many of those together. The
-- first two are 0 for what is not limited.
--
-- The rate is kept by the generic cell rate algorithm in its form of virtual scheduling (ITU-T Recommendation I.371, annex
-- A): `tat` is the theoretical arrival time of the next job, and one may begin up to the tolerance before that.
local function set_terms(limit, terms)
    local concurrency, rate, period, burst = string.match(terms, '^(%d+) (%d+) (%d+) (%d+)$')
    limit.terms = terms
    limit.concurrency = tonumber(concurrency or 0)
    rate = tonumber(rate or 0)
    limit.interval = rate > 0 and period * 1000 / rate or 0
    limit.tolerance = limit.interval * math.max(0, (burst or 1) - 1)
    limit.burst = math.max(1, tonumber(burst or 1))
end

-- A limit as it is now. Each is read once in a call: the view is what a call knows.
local function limit_of(view, key)
    if view.limits[key] then return view.limits[key] end
    local stream = view.stream
    local kept = redis.call('HMGET', stream .. ':limit:' .. key, 'terms', 'tat')
    local limit = {key = key, gate = 'limit:' .. key, tat = tonumber(kept[2] or 0)}
    set_terms(limit, kept[1] or '')
    limit.running = redis.call('SCARD', stream .. ':holders:' .. key)
    limit.woken = redis.call('SCARD', stream .. ':woken:' .. key)
    limit.is_waited_for = redis.call('EXISTS', stream .. ':blocked:' .. limit.gate) == 1
    view.limits[key] = limit
    return limit
end

-- Nil when one more job may begin; else when, in us, or 0 for when another has ended.
local function refusal(view, limit)
    if limit.concurrency > 0 and limit.running >= limit.concurrency then return 0 end
    local free = limit.tat - limit.tolerance
    if limit.interval > 0 and free > view.now then return free end
end

-- The first limit that refuses a job. Who comes does not pass those who wait, but for `own`, the one it waited for.
local function first_refusing(view, keys, own)
    for _, key in ipairs(keys) do
        local limit = limit_of(view, key)
        if limit ~= own and limit.is_waited_for or refusal(view, limit) then return limit end
    end
end

local function take_passes(view, entry, keys)
    for _, key in ipairs(keys) do
        local limit = limit_of(view, key)
        redis.call('SADD', view.stream .. ':holders:' .. key, entry)
        limit.running = limit.running + 1
        if limit.interval > 0 then
            limit.tat = math.ceil(math.max(limit.tat, view.now) + limit.interval)
            redis.call('HSET', view.stream .. ':limit:' .. key, 'tat', digits(limit.tat))
        end
    end
    redis.call('HSET', view.stream .. ':passes', entry, cjson.encode(keys))
end

local function keys_in(text)
    local ok, keys = pcall(cjson.decode, text or '')
    return ok and type(keys) == 'table' and keys or {}
end

-- Notes when a gate with jobs behind it opens by itself.
local function note_opening(view, limit)
    local free = refusal(view, limit) or view.now
    if free > 0 then redis.call('ZADD', view.stream .. ':gates:due', math.ceil(free / 1000), limit.key) end
end

-- Of a gate where others wait already it is known when it opens.
local function note_waiting(view, limit)
    if not limit.is_waited_for then note_opening(view, limit) end
    limit.is_waited_for = true
end

local function is_expired(view, job)
    local expires = whole(job.expires, MOST_MS)
    return expires and expires * 1000 <= view.now
end

-- Lets a job go on that waited for this limit: it is admitted, which is to say ready with its passes and before all that has
-- none; or it waits for another limit, in its old order.
local function wake(view, limit, member, order)
    local stream, bodies = view.stream, view.stream .. ':blocked:jobs'
    local packed = redis.call('HGET', bodies, member)
    redis.call('ZREM', stream .. ':blocked:' .. limit.gate, member)
    if not packed then return end
    local job = unpack_job(packed, member)
    local keys = keys_in(job.limits)
    local other = not is_expired(view, job) and first_refusing(view, keys, limit)
    if other then
        job.gate = other.gate
        redis.call('HSET', bodies, member, cmsgpack.pack(flatten(job)))
        redis.call('ZADD', stream .. ':blocked:' .. other.gate, order, member)
        redis.call('SADD', gates_like(stream, other.gate), other.gate)
        return note_waiting(view, other)
    end
    redis.call('HDEL', bodies, member)
    job.gate, job.limits = nil, nil
    if is_expired(view, job) then
        count(stream, 'expired', 1)
        return job_ended(stream, job, 'expired')
    end
    -- Who waited for a limit that is no more asks anew, perhaps for others.
    if limit.terms == '' then return make_ready(stream, job) end
    local entry = make_ready(stream, job, may_hold(admitted_lane(stream), 'stream'))
    take_passes(view, entry, keys)
    if limit.interval > 0 then
        redis.call('SADD', stream .. ':woken:' .. limit.key, entry)
        limit.woken = limit.woken + 1
    end
end

-- What was let go on at its time may be kept from beginning, by a pause or a crowd in front: were more let go on meanwhile,
-- they would all begin at once.
local function may_wake(limit)
    return limit.interval == 0 or limit.woken < limit.burst
end

-- Lets those go on that wait for a limit, in their order, while it allows; `most` at most. Answers how many it looked at.
local function open_gate(view, limit, most)
    local gate, seen = view.stream .. ':blocked:' .. limit.gate, 0
    while limit.is_waited_for and seen < most and may_wake(limit) and not refusal(view, limit) do
        local first = redis.call('ZRANGE', gate, 0, 0, 'WITHSCORES')
        wake(view, limit, first[1], first[2])
        limit.is_waited_for = redis.call('EXISTS', gate) == 1
        seen = seen + 1
    end
    if limit.is_waited_for then
        if may_wake(limit) then note_opening(view, limit) end
    else
        redis.call('SREM', gates_like(view.stream, limit.gate), limit.gate)
    end
    return seen
end

-- Takes the passes from entries that are gone, and gives them to those who wait for them.
give_back_passes = function(stream, entries, first, last)
    local held = redis.call('HMGET', stream .. ':passes', unpack(entries, first, last))
    local freed, holders = {}, {}
    for index = 1, last - first + 1 do
        for _, key in ipairs(held[index] and keys_in(held[index]) or {}) do
            if not holders[key] then
                freed[#freed + 1] = key
                holders[key] = {}
            end
            table.insert(holders[key], entries[first + index - 1])
        end
    end
    if #freed == 0 then return end
    redis.call('HDEL', stream .. ':passes', unpack(entries, first, last))
    for _, key in ipairs(freed) do
        redis.call('SREM', stream .. ':holders:' .. key, unpack(holders[key]))
        redis.call('SREM', stream .. ':woken:' .. key, unpack(holders[key]))
    end
    local view = new_view(stream)
    for _, key in ipairs(freed) do
        if redis.call('EXISTS', stream .. ':blocked:limit:' .. key) == 1 then
            open_gate(view, limit_of(view, key), MOST_WAKES)
        end
    end
end

-- Opens the gates whose time has come, for `most` jobs at most. Answers when the next is due, in ms since 1970, and how
-- many gates were opened.
local function open_due_gates(stream, now, most)
    local due = stream .. ':gates:due'
    local keys = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, MOST_WAKES)
    local view = #keys > 0 and new_view(stream)
    for _, key in ipairs(keys) do
        if most <= 0 then break end
        redis.call('ZREM', due, key)
        most = most - math.max(1, open_gate(view, limit_of(view, key), most))
    end
    return redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2], #keys
end

-- What people allow may change while jobs wait for it, or was never said. A rate that rises does not wait for what the old
-- one would have had to.
local function define(view, key, terms)
    local limit = limit_of(view, key)
    if limit.terms == terms then return limit end
    set_terms(limit, terms)
    limit.tat = math.min(limit.tat, math.ceil(view.now + limit.tolerance + limit.interval))
    redis.call('HSET', view.stream .. ':limit:' .. key, 'terms', terms, 'tat', digits(limit.tat))
    view.changed[#view.changed + 1] = limit
    return limit
end

-- A job that was let go on begins, so another may be.
local function note_beginning(view, entry, keys)
    for _, key in ipairs(keys) do
        local limit = limit_of(view, key)
        if limit.woken > 0 and redis.call('SREM', view.stream .. ':woken:' .. key, entry) == 1 then
            limit.woken = limit.woken - 1
            open_gate(view, limit, MOST_WAKES)
        end
    end
end

-- cw_enter KEYS stream ARGV worker (entry count (key terms)...)...
-- Asks for the passes of claimed jobs, before they begin; `count` is how many limits a job has. At most 100 jobs.
-- Answers for each 1 (it has its passes), 2 (it was set behind a gate) or 0 (the worker does not hold it any more), and in
-- how many milliseconds the next gate opens (-1: none by itself).
local function enter(view, worker, entry, keys, order)
    local stream = view.stream
    local delivered = deliveries(stream, worker, entry)
    if not delivered then return 0 end
    if redis.call('HEXISTS', stream .. ':passes', entry) == 1 then
        note_beginning(view, entry, keys)
        return 1
    end
    local refusing = first_refusing(view, keys)
    if not refusing then
        take_passes(view, entry, keys)
        return 1
    end
    local job = delivered_job(stream, entry, delivered)
    if not job then return 0 end
    if is_cancelled(stream, entry) then
        end_entry(stream, entry, job, 'cancelled')
        return 2
    end
    job.limits = cjson.encode(keys)
    block_entry(stream, entry, job, refusing.gate, view.now + order)
    note_waiting(view, refusing)
    count(stream, 'limited', 1)
    return 2
end

redis.register_function{
    function_name = 'cw_enter',
    callback = function(keys, args)
        local stream, worker, view = keys[1], args[1], new_view(keys[1])
        local answers, at = {}, 2
        while at < #args do
            local wanted, last = {}, at + 1 + 2 * args[at + 1]
            for index = at + 2, last, 2 do wanted[#wanted + 1] = define(view, args[index], args[index + 1]).key end
            answers[#answers + 1] = enter(view, worker, args[at], wanted, #answers)
            at = last + 1
        end
        for key in pairs(view.limits) do redis.call('ZADD', stream .. ':limits', view.now, key) end
        for _, limit in ipairs(view.changed) do open_gate(view, limit, MOST_WAKES) end
        local next = redis.call('ZRANGE', stream .. ':gates:due', 0, 0, 'WITHSCORES')[2]
        return {answers, next and math.max(0, math.ceil(next - view.now / 1000)) or -1}
    end,
    flags = {'allow-oom'},
}

-- cw_define KEYS stream ARGV key terms
-- Changes what a limit allows, '' for everything; who waits for it is let go on accordingly. Answers 1.
redis.register_function{
    function_name = 'cw_define',
    callback = function(keys, args)
        local view = new_view(keys[1])
        open_gate(view, define(view, args[1], args[2]), MOST_WAKES)
        return 1
    end,
    flags = {'allow-oom'},
}

-- cw_limits KEYS stream ARGV cursor
-- Answers some of the limits that jobs asked for of late, a hundred or so, and where to go on (0: that was all). Of each: its
-- key, its terms, how many hold a pass, how many wait, and in how many ms the rate lets the next one begin.
redis.register_function{
    function_name = 'cw_limits',
    callback = function(keys, args)
        local stream, view, limits = keys[1], new_view(keys[1]), {}
        local page = redis.call('ZSCAN', stream .. ':limits', args[1], 'COUNT', 100)
        for index = 1, #page[2], 2 do
            local limit = limit_of(view, page[2][index])
            local waiting = redis.call('ZCARD', stream .. ':blocked:' .. limit.gate)
            local free = math.max(0, math.ceil((limit.tat - limit.tolerance - view.now) / 1000))
            limits[#limits + 1] = {limit.key, limit.terms, limit.running, waiting, limit.interval > 0 and free or 0}
        end
        return {page[1], limits}
    end,
    flags = {'no-writes'},
}

-- cw_sweep KEYS stream ARGV cursor
-- Takes their passes from jobs that are gone: a stream may have been trimmed. Forgets limits that nobody asked for of late,
-- and looks after some gates, in case keys were deleted by hand. Answers where to go on (0: that was all).
local function is_gone(stream, entry)
    if read_job(stream, entry) then return false end
    local ok, pending = pcall(pending_of, stream, entry)
    return not ok or not pending
end

local function forget_idle_limits(view)
    local stream = view.stream
    local last = digits(view.now - IDLE_LIMIT_US)
    for _, key in ipairs(redis.call('ZRANGEBYSCORE', stream .. ':limits', '-inf', last, 'LIMIT', 0, MOST_FORGOTTEN)) do
        local limit = limit_of(view, key)
        if limit.running > 0 or limit.is_waited_for or limit.tat > view.now then
            redis.call('ZADD', stream .. ':limits', view.now, key)
        else
            redis.call('DEL', stream .. ':limit:' .. key)
            redis.call('ZREM', stream .. ':limits', key)
        end
    end
end

redis.register_function{
    function_name = 'cw_sweep',
    callback = function(keys, args)
        local stream = keys[1]
        local page = redis.call('HSCAN', stream .. ':passes', args[1], 'COUNT', 100)
        for index = 1, #page[2], 2 do
            local entry = page[2][index]
            if is_gone(stream, entry) then give_back_passes(stream, {entry}, 1, 1) end
        end
        if page[1] ~= '0' then return page[1] end
        local view = new_view(stream)
        for _, gate in ipairs(redis.call('SRANDMEMBER', stream .. ':gates:limits', MOST_WAKES)) do
            local key = string.match(gate, '^limit:(.*)$')
            if key then open_gate(view, limit_of(view, key), MOST_WAKES) end
        end
        forget_idle_limits(view)
        return page[1]
    end,
    flags = {'allow-oom'},
}
