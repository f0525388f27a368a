-- A batch is a set of jobs with callbacks, kept as rows and not as counters, so nothing can drift: each member's token is
-- in one of four sets, and whoever asks how many there are counts them.
--
--   :batch:<id>           what is known of it (hash): created, keep, name, the callbacks complete, success and death, and
--                         when it was closed, cancelled, ended (nothing is pending), completed (the first time), when it
--                         succeeded and when its first member died
--   :batch:<id>:pending   members that have not ended
--   :batch:<id>:done, :dead, :other (discarded, cancelled, expired)
--   :batch:<id>:results   results of members by token, when they are kept
--   :batches              all batches by the time they were opened
--   :batches:ended        those that have ended, by the time they are forgotten

local SETS = {'pending', 'done', 'dead', 'other'}

local function batch_key(stream, id)
    return stream .. ':batch:' .. id
end

local function counted(key, set)
    return redis.call('SCARD', key .. ':' .. set)
end

local function is_member(stream, id, token)
    for _, set in ipairs(SETS) do
        if redis.call('SISMEMBER', batch_key(stream, id) .. ':' .. set, token) == 1 then return true end
    end
    return false
end

local function add_member(stream, id, token)
    redis.call('SADD', batch_key(stream, id) .. ':pending', token)
end

-- Moves a job from one set of its batch to another. False for a job that is not in the first: it says that it is a member,
-- and is none.
local function move_member(stream, job, from, to)
    local key = batch_key(stream, job.batch)
    return redis.pcall('SMOVE', key .. ':' .. from, key .. ':' .. to, job.id) == 1
end

-- Why a batch takes no job any more; nil when it does.
local function batch_refusal(stream, id)
    local found = redis.call('HMGET', batch_key(stream, id), 'created', 'cancelled', 'ended')
    if not found[1] then return 'there is no such batch in this queue: open it first, or it is forgotten already' end
    if found[2] then return 'the batch is cancelled and takes no jobs any more: open another' end
    if found[3] then return 'the batch has ended and takes no jobs any more: open another' end
end
