-- What follows for the batch of a job, and what producers and people may do with one.

-- Lua has room for 200 names at the top: what nobody else needs stays in here.
do

local MOST_RESULTS_BYTES = 67108864
local CALLBACKS = {complete = true, success = true, death = true}
local WEEK_MS = 604800000

local function read_batch(stream, id)
    local found = redis.call('HGETALL', batch_key(stream, id))
    if #found == 0 then return nil end
    local batch = {}
    for index = 1, #found, 2 do batch[found[index]] = found[index + 1] end
    return batch
end

-- What a callback is told of its batch, as JSON.
local function told(stream, id, event, batch)
    local key, total = batch_key(stream, id), 0
    local told = {batch = own_queue(stream) .. ':' .. id, event = event, name = batch.name}
    for _, set in ipairs(SETS) do
        told[set] = counted(key, set)
        total = total + told[set]
    end
    told.total = total
    told.cancelled = batch.cancelled ~= nil
    return cjson.encode(told)
end

-- Enqueues a callback if this is the first time that its event happens.
local function fire(stream, id, event, mark)
    local key = batch_key(stream, id)
    if redis.call('HSETNX', key, mark, digits(now_ms())) == 0 then return end
    local batch = read_batch(stream, id)
    local link = batch[event] and cjson.decode(batch[event])
    if link then start_link(stream, link, {}, {callback = told(stream, id, event, batch)}) end
end

-- Ends a batch that is closed and has nothing pending. After a replay it may come here again: what has fired does not fire
-- again.
local function settle(stream, id)
    local key = batch_key(stream, id)
    if counted(key, 'pending') > 0 then return end
    local batch = read_batch(stream, id)
    if not batch or not batch.closed then return end
    if batch.ended then return end
    redis.call('ZADD', stream .. ':batches:ended', now_ms() + batch.keep, id)
    redis.call('HSET', key, 'ended', digits(now_ms()))
    fire(stream, id, 'complete', 'completed')
    local all_done = counted(key, 'dead') + counted(key, 'other') == 0
    if all_done and not batch.cancelled then fire(stream, id, 'success', 'succeeded') end
end

-- Keeps a member's result while there is room for it.
local function keep_result(stream, job, result)
    if not result or result == '' then return end
    local key = batch_key(stream, job.batch)
    local found = redis.call('HMGET', key, 'results', 'results_bytes')
    if not found[1] then return end
    if (found[2] or 0) + #result > tonumber(found[1]) then
        redis.call('HINCRBY', key, 'results_omitted', 1)
    else
        redis.call('HSET', key .. ':results', job.id, result)
        redis.call('HINCRBY', key, 'results_bytes', #result)
    end
end

local function member_ended(stream, job, state, result)
    local set = (state == 'done' or state == 'dead') and state or 'other'
    if not move_member(stream, job, 'pending', set) then return end
    if state == 'done' then keep_result(stream, job, result) end
    if state == 'dead' then fire(stream, job.batch, 'death', 'died') end
    settle(stream, job.batch)
end

local function goes_on(stream, job, state)
    return state == 'done' and not (job.batch and redis.call('HEXISTS', batch_key(stream, job.batch), 'cancelled') == 1)
end

function follow.ended(stream, job, state, what, result)
    result = what == 'result' and result or nil
    if job['then'] and goes_on(stream, job, state) then
        start_next(stream, job, result)
    elseif job['then'] and state ~= 'dead' then
        end_chain(stream, job)
    end
    if job.batch then member_ended(stream, job, state, result) end
end

-- The job `first` will not run: another took its place and its id, in the same batch perhaps.
function follow.replaced(stream, first, job)
    if first['then'] then end_chain(stream, first) end
    if first.batch and first.batch ~= job.batch then member_ended(stream, first, 'replaced') end
end

function follow.revived(stream, job)
    if job.batch and move_member(stream, job, 'dead', 'pending') then
        redis.call('ZREM', stream .. ':batches:ended', job.batch)
        redis.call('HDEL', batch_key(stream, job.batch), 'ended')
    end
end

function follow.deleted(stream, job)
    if job['then'] then end_chain(stream, job) end
    if job.batch then move_member(stream, job, 'dead', 'other') end
end

-- The links of callbacks as they are stored.
local function stored_callback(text)
    local link, mistake = decode(text)
    mistake = mistake or mistake_in(link)
    if mistake then return nil, mistake end
    return cjson.encode(link)
end

local BATCH_OPTIONS = {
    keep = {positive, MILLISECONDS .. ', and not 0'},
    name = {key, 'must be 1 to 256 bytes'},
    results = {
        function(text) return whole(text, MOST_RESULTS_BYTES) end,
        'must be a whole number of bytes, at most ' .. MOST_RESULTS_BYTES,
    },
    complete = {stored_callback, 'must be a link'},
    success = {stored_callback, 'must be a link'},
    death = {stored_callback, 'must be a link'},
}

-- cw_batch_open KEYS stream ARGV id [option value]...
-- Opens a batch, to which jobs are added before it is closed. Answers 1, or 0 for one that is known already.
--   complete  a link (see chain.lua) that is enqueued when all members have ended, in whatever way
--   success   … when all members are done
--   death     … when the first member dies
--   results   bytes of results of members that are kept for the callbacks; by default none are
--   keep      ms for which it is known after its end, by default a week
--   name      what people see
redis.register_function{
    function_name = 'cw_batch_open',
    callback = function(keys, args)
        local stream, id = keys[1], args[1] or ''
        if not is_token(id) then return refuse('the id must be 1 to 64 letters, digits, - and _') end
        local options, mistake = read_values(BATCH_OPTIONS, args, 2, #args)
        if not options then return refuse(mistake) end
        local batch, now = batch_key(stream, id), digits(now_ms())
        if redis.call('HSETNX', batch, 'created', now) == 0 then return 0 end
        redis.call('HSET', batch, 'keep', digits(options.keep or WEEK_MS))
        options.keep = nil
        for name, value in pairs(options) do redis.call('HSET', batch, name, value) end
        redis.call('ZADD', stream .. ':batches', now, id)
        return 1
    end,
}

-- cw_batch_add KEYS stream ARGV id (count word...)...
-- Adds jobs, at most 100, to a batch that has not ended: of each, how many words follow, and those as for cw_enqueue:
-- type args [option value]. One that is a member already, by its option `id`, is not added again. Refused as a whole when
-- anything is wrong. Answers as cw_enqueue does, for each.
local MOST_JOBS = 100

local function read_members(id, args)
    local jobs, at = {}, 2
    while at <= #args do
        local words = whole(args[at], 1000)
        if not words or at + words > #args then return nil, 'a job has another number of words than it says' end
        local options, mistake = read_new(args, at + 1, at + words)
        if not options then return nil, mistake end
        options.batch = id
        jobs[#jobs + 1] = {args[at + 1], args[at + 2], options}
        at = at + words + 1
    end
    if #jobs > MOST_JOBS then return nil, 'add at most ' .. MOST_JOBS .. ' jobs a call' end
    return jobs
end

redis.register_function{
    function_name = 'cw_batch_add',
    callback = function(keys, args)
        local stream, id, answers = keys[1], args[1] or '', {}
        if not is_token(id) then return refuse('the id must be 1 to 64 letters, digits, - and _') end
        local jobs, mistake = read_members(id, args)
        if not jobs then return refuse(mistake) end
        local refused = batch_refusal(stream, id)
        for _, job in ipairs(refused and jobs or {}) do
            if not find_same(stream, job[3]) then return refuse(refused) end
        end
        for index, job in ipairs(jobs) do answers[index] = enqueue(stream, unpack(job)) end
        return answers
    end,
}

local function state_of_batch(batch)
    return batch.ended and 'ended' or batch.cancelled and 'cancelling' or batch.closed and 'closed' or 'open'
end

local NO_BATCH = 'there is no such batch in this queue: it was never opened, or it is forgotten already'

-- cw_batch_close KEYS stream ARGV id
-- Says that all is added; members that run may still add more. Answers its state: closed, cancelling or ended.
redis.register_function{
    function_name = 'cw_batch_close',
    callback = function(keys, args)
        local stream, id = keys[1], args[1] or ''
        if not read_batch(stream, id) then return refuse(NO_BATCH) end
        redis.call('HSETNX', batch_key(stream, id), 'closed', digits(now_ms()))
        settle(stream, id)
        return state_of_batch(read_batch(stream, id))
    end,
    flags = {'allow-oom'},
}

-- cw_batch_cancel KEYS stream ARGV id cursor
-- Closes a batch for good and cancels about 25 of its members that have not ended; `cursor` is 0 at first, then what was
-- answered, until that is 0 again. Safe to repeat from the start. Answers the cursor, how many were cancelled, and how
-- many run and are told.

-- A member that is nowhere any more, since somebody deleted it past the functions, would be waited for for ever.
local function cancel_member(stream, id, token)
    local answer = cancel_job(stream, token, '')
    if answer ~= 'cancelled' and answer ~= 'cancelling' then
        move_member(stream, {batch = id, id = token}, 'pending', 'other')
    end
    return answer
end

redis.register_function{
    function_name = 'cw_batch_cancel',
    callback = function(keys, args)
        local stream, id, cursor = keys[1], args[1] or '', whole(args[2], MOST_MS) and args[2] or '0'
        local batch = read_batch(stream, id)
        if not batch then return refuse(NO_BATCH) end
        if batch.ended then return {'0', 0, 0} end
        local now, key, count = digits(now_ms()), batch_key(stream, id), {}
        redis.call('HSETNX', key, 'cancelled', now)
        redis.call('HSETNX', key, 'closed', now)
        local page = redis.call('SSCAN', key .. ':pending', cursor, 'COUNT', 25)
        for _, token in ipairs(page[2]) do
            local answer = cancel_member(stream, id, token)
            count[answer] = (count[answer] or 0) + 1
        end
        settle(stream, id)
        return {page[1], count.cancelled or 0, count.cancelling or 0}
    end,
    flags = {'allow-oom'},
}

-- cw_batches KEYS stream ARGV offset limit [id]
-- Answers batches, newest first, or the one: of each its id, state, fields, and how many members are pending, done, dead
-- and other.
local function describe_batch(stream, id)
    local batch = read_batch(stream, id)
    if not batch then return nil end
    local key, state = batch_key(stream, id), state_of_batch(batch)
    for name in pairs(CALLBACKS) do batch[name] = nil end
    local answer = {id, state, flatten(batch)}
    for _, set in ipairs(SETS) do answer[#answer + 1] = counted(key, set) end
    return answer
end

redis.register_function{
    function_name = 'cw_batches',
    callback = function(keys, args)
        local stream, first, limit = keys[1], whole(args[1], MOST_COUNT) or 0, math.min(whole(args[2], 1000) or 100, 1000)
        local ids = args[3] and {args[3]} or redis.call('ZREVRANGE', stream .. ':batches', first, first + limit - 1)
        local found = {}
        for _, id in ipairs(ids) do found[#found + 1] = describe_batch(stream, id) end
        return found
    end,
    flags = {'no-writes'},
}

-- cw_forget_batches KEYS stream ARGV limit
-- Forgets batches whose time is over. Answers how many.
redis.register_function{
    function_name = 'cw_forget_batches',
    callback = function(keys, args)
        local stream, ended = keys[1], keys[1] .. ':batches:ended'
        local due = redis.call('ZRANGEBYSCORE', ended, '-inf', now_ms(), 'LIMIT', 0, args[1])
        for _, id in ipairs(due) do
            local key = batch_key(stream, id)
            -- Their memory is given back in the background, however many members there were.
            redis.call('UNLINK', key, key .. ':pending', key .. ':done', key .. ':dead', key .. ':other', key .. ':results')
            redis.call('ZREM', stream .. ':batches', id)
            redis.call('ZREM', ended, id)
        end
        return #due
    end,
    flags = {'allow-oom'},
}

end
