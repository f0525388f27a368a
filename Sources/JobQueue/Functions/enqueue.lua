-- Whether a new job can be stored in every place where it may have to be, and its end as a dead letter.
local function holds_jobs(stream)
    return may_hold(stream, 'stream') and may_hold(stream .. ':later', 'zset') and may_hold(stream .. ':later:jobs', 'hash')
        and may_hold(stream .. ':blocked:jobs', 'hash') and may_hold(stream .. ':dead', 'zset')
        and may_hold(stream .. ':dead:jobs', 'hash')
end

-- No text of a caller's comes back in an error: what is no name of a queue is not repeated.
local function refuse_queue(stream)
    local name = string.match(stream, '^cw:{[%l%d_-]+}$') or 'that was named'
    return redis.error_reply('WRONGTYPE a key of the queue ' .. name .. ' holds something else: rename or delete it')
end

-- Stores a job for the first time, ready now or after the delay. Answers its token.
local function store_new(stream, job, delay)
    if delay > 0 then
        local now = now_ms()
        job.enqueued = tostring(now)
        store_job(stream .. ':later:jobs', job)
        redis.call('ZADD', stream .. ':later', now + delay, job.id)
        track(stream, job, 'scheduled')
        return job.id
    end
    local entry = add_entry(stream, job)
    job.id = job.id or entry
    track(stream, job, 'ready', 'entry', entry)
    return job.id
end

local DAY_MS = 86400000
local MOST_KEY_BYTES = 256
local MODES = {reject = true, replace = true, debounce = true, throttle = true}

-- With the present time added, still a whole number.
local MOST_DELAY_MS = 9000000000000000

local function milliseconds(text) return whole(text, MOST_DELAY_MS) end
local function positive(text) return (milliseconds(text) or 0) > 0 and milliseconds(text) or nil end
local function key(text) return #text >= 1 and #text <= MOST_KEY_BYTES and text end
local MILLISECONDS = 'must be a whole number of milliseconds, at most 9 * 10^15'

-- What cw_enqueue can be told beside type and args: how it is read, and what must be true of it.
local OPTIONS = {
    id = {function(text) return is_token(text) and text end, 'must be 1 to 64 letters, digits, - and _'},
    delay = {milliseconds, MILLISECONDS},
    at = {milliseconds, MILLISECONDS .. ', since 1970'},
    expire = {positive, MILLISECONDS .. ', and not 0'},
    key = {key, 'must be 1 to 256 bytes'},
    key_ttl = {positive, MILLISECONDS .. ', and not 0'},
    fingerprint = {function(text) return #text <= 64 and string.match(text, '^%w+$') end, 'must be 1 to 64 letters and digits'},
    unique = {key, 'must be 1 to 256 bytes'},
    unique_mode = {function(text) return MODES[text] and text end, 'must be reject, replace, debounce or throttle'},
    unique_ttl = {positive, MILLISECONDS .. ', and not 0'},
    track = {positive, MILLISECONDS .. ', and not 0'},
    trace = {function(text) return #text <= 256 and text end, 'must be a W3C traceparent'},
    batch = {function(text) return is_token(text) and text end, 'must be 1 to 64 letters, digits, - and _'},
}

-- Reads [option value]... as `known` says. Nil and the mistake when there is one.
local function read_values(known, args, first, last)
    local values = {}
    for index = first, last, 2 do
        local name, value = args[index], args[index + 1]
        local option = known[name]
        if not option then return nil, 'there is no option of this name; see the README for those there are' end
        if index == last then return nil, 'the last option has no value' end
        local mistake
        values[name], mistake = option[1](value)
        if not values[name] then return nil, 'the option ' .. name .. ' ' .. (mistake or option[2]) end
    end
    return values
end

local function read_options(args, first, last)
    local options, mistake = read_values(OPTIONS, args, first, last)
    if not options then return nil, mistake end
    if options.delay and options.at then return nil, 'give delay or at, not both' end
    if options.unique_mode == 'debounce' and not (options.delay or options.at) then
        return nil, 'the option unique_mode needs a delay when it is debounce'
    end
    return options
end

-- A token for a job that has no entry yet: unlike those of all others, which are entries or chosen by producers.
local function make_token(stream, now)
    return string.format('j%.0f-%.0f', now, redis.call('INCR', stream .. ':tokens'))
end

local function is_type(text)
    return #text <= 64 and string.match(text, '^[%l%d_%-]+%.[%l%d_.%-]+$') and not string.find(text, '%.%.')
        and string.sub(text, -1) ~= '.'
end

-- Whether another job stands for this one, and which. One that only waits may be replaced: then this one gets its name.
local function apply_unique(stream, options, job, delay)
    local mode, key = options.unique_mode or 'reject', stream .. ':unique:' .. options.unique
    local token = redis.call('GET', key)
    local place, entry
    if token then
        if mode == 'throttle' then return {token, 'throttled'} end
        place, entry = find_job(stream, token)
        if place and mode == 'reject' then return {token, 'duplicate'} end
    end
    -- What throttles outlives its job, so that job need not give it back.
    if mode ~= 'throttle' then job.unique = options.unique end
    local is_replaced = place and place ~= 'active'
    if is_replaced then
        local first = take_out(stream, token, place, entry)
        if first.batch or first['then'] then pcall(follow.replaced, stream, first, job) end
        job.id = token
    end
    token = store_new(stream, job, delay)
    redis.call('SET', key, token, 'PX', options.unique_ttl or DAY_MS)
    return {token, is_replaced and 'replaced' or 'enqueued'}
end

-- Reads `type args [option value]...`. Answers the options, or nil and the mistake.
local function read_new(args, first, last)
    local kind, payload = args[first], last > first and args[first + 1] or nil
    if not payload then return nil, 'a job needs a type and args' end
    if not is_type(kind) then return nil, 'the type must be a name of the form domain.verb' end
    return read_options(args, first + 2, last)
end

-- The job that was enqueued by an earlier call that said the same; nil when there was none. Behind its token the key may
-- have the fingerprint of that call: to answer another one with its job would drop the other silently.
local function find_same(stream, options)
    local first = options.key and redis.call('GET', stream .. ':once:' .. options.key)
    if first then
        local token, said = string.match(first, '^(%S+) (%S+)$')
        if said and options.fingerprint and said ~= options.fingerprint then
            return refuse('the idempotency key stands for another request: send that again, or take a new key')
        end
        first = token or first
    end
    if not first and options.batch and options.id and is_member(stream, options.batch, options.id) then first = options.id end
    return first and {first, 'duplicate'} or nil
end

-- Stores a job of which all was checked. `fields` are what no producer may say.
local function enqueue(stream, kind, payload, options, fields)
    local same = find_same(stream, options)
    if same then return same end
    local now = now_ms()
    local delay = options.at and math.max(0, options.at - now) or options.delay or 0
    local token = options.id or delay > 0 and make_token(stream, now) or nil
    -- The same delayed job again, because the answer was lost.
    if delay > 0 and options.id and redis.call('HEXISTS', stream .. ':later:jobs', token) == 1 then
        return {token, 'duplicate'}
    end
    local job = {type = kind, args = payload, id = token, trace = options.trace}
    if options.track then job.track = digits(options.track) end
    if options.expire then job.expires = digits(now + options.expire) end
    job.batch, job.input = options.batch, options.input
    if options['then'] and options['then'] ~= '' then job['then'] = options['then'] end
    for name, value in pairs(fields or {}) do job[name] = value end
    local answer
    if options.unique then
        answer = apply_unique(stream, options, job, delay)
    else
        answer = {store_new(stream, job, delay), 'enqueued'}
    end
    local is_new = answer[2] == 'enqueued' or answer[2] == 'replaced'
    if job.batch and is_new then add_member(stream, job.batch, answer[1]) end
    local once = options.fingerprint and answer[1] .. ' ' .. options.fingerprint or answer[1]
    if options.key then redis.call('SET', stream .. ':once:' .. options.key, once, 'PX', options.key_ttl or DAY_MS) end
    return answer
end

-- cw_enqueue KEYS stream ARGV type args [option value]...
-- For what a plain XADD cannot say. Answers the token of the job that stands for this one, and what was done: enqueued,
-- duplicate (the key or the unique key is another job's), replaced or throttled.
--   id           the job's token, so that it can be known before; by default one is made
--   delay        ms until it is ready
--   at           when it is ready, in ms since 1970; a time that has passed is now
--   expire       ms from now after which it is not worth running
--   key          idempotency key: within key_ttl (ms, by default a day) a second call stores nothing
--   fingerprint  what that call must have too, where the first one had one: else it is refused
--   unique       unique key, held until the job ends, and for unique_ttl (ms, by default a day) at most
--   unique_mode  what becomes of a second job with that key: `reject`ed (the default); `replace`s the first while that one
--                waits; `debounce` does so too, and the delay begins anew; `throttle`: rejected until unique_ttl is over,
--                also when the first has ended
--   track        ms for which state and result are kept after each change
--   trace        a W3C traceparent
--   batch        the batch whose member it becomes: see cw_batch_open
--   then         what is enqueued when it is done, as JSON: see chain.lua
--   input        what it gets as if a job before it had left it as its result
redis.register_function{
    function_name = 'cw_enqueue',
    callback = function(keys, args)
        -- All is checked before anything is written: a function that fails half-way is not undone.
        local stream, options, mistake = keys[1], read_new(args, 1, #args)
        if not options then return refuse(mistake) end
        local refused = options.batch and not find_same(stream, options) and batch_refusal(stream, options.batch)
        if refused then return refuse(refused) end
        return enqueue(stream, args[1], args[2], options)
    end,
}
