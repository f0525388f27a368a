#!lua name=coursework

-- The transitions of a job, each one atomic function.
--
-- Every function takes one key, the queue's stream `cw:{queue}`; the other keys of the queue are that name with an
-- ending, and share its hash tag, so they live in the same slot of a cluster. Answers are numbers, codes and job
-- fields, never texts of ours with job data in them. Time is this server's.
--
-- A job is one stream entry. Who holds it stands in the group's pending list; the delivery count there is the number
-- of workers that died with it, plus one. Its fields:
--   type, args         what the producer wrote
--   id                 the job's token, when it is not the id of the entry it was first enqueued as
--   trace              a W3C traceparent
--   track              milliseconds for which state and result are kept for those who ask
--   attempt            1 for the first attempt (absent means 1)
--   snoozes            how often it was put off without burning an attempt
--   crashes            workers that died with it, before its last wait
--   interruptions      how often it was handed back unfinished, before its last wait
--   losses             leases that ran out under workers that lived, before its last wait
--   enqueued           when it was first enqueued, in ms since 1970 (absent: the time in the entry's id)
--   expires            when it is not worth running any more, in ms since 1970
--   unique             the unique key that it holds until it ends
--   scheduled_for      the fire time of the schedule that enqueued it, in ms since 1970
--   batch              the batch of which it is a member: see members.lua
--   then               the links that come after it, as JSON: see chain.lua
--   input              what the job before it in its chain left as its result
--   callback           what a callback is told of its batch, as JSON
--   error              what the last failed attempt said
--   kind               what kind of error that was: the name of its type, where there was one
--   history            the attempts that failed, see note_failure
-- The fields of a dead letter stand in letters.lua; those of a job that was replayed stay with it:
--   replays            how often it was replayed
--   replay             the ids of its latest replays, newest first
--   first_enqueued     when it was first enqueued; `enqueued` is then when it was replayed
--   original           the args that the producer wrote, once they were edited
--   edited, edited_by  when they were last edited, and by whom
--
-- A job is in one place: the stream, or the stream `:admitted`, which workers read first (ready, or active when a worker
-- holds it), `:later` (scheduled, retrying), `:blocked:…` (its type is paused, or a limit is reached) or `:dead`. Any id
-- leads there: see find_job.

-- Raised by one whenever anything here or in the functions changes, else a server that has them keeps the old ones. An
-- older worker must still be able to call the functions of this version: OLDEST is the oldest version for which that
-- holds. Raising it ends all older workers at once, so it is for what cannot be done in two steps.
local VERSION = 8
local OLDEST = 4

local GROUP = 'workers'
-- Hold in no worker's name what was handed back, and what may have taken its workers down, until the next rescue.
local RELEASED = 'released'
local SUSPECTS = 'suspects'
local LONG_IDLE_MS = 86400000
local COUNTERS = {'snoozes', 'crashes', 'interruptions', 'losses'}
local KNOWN = {
    'type', 'args', 'id', 'trace', 'track', 'attempt', 'enqueued', 'error', 'kind', 'history',
    'snoozes', 'crashes', 'interruptions', 'losses', 'expires', 'unique', 'scheduled_for',
    'replays', 'replay', 'first_enqueued', 'original', 'edited', 'edited_by',
    'batch', 'then', 'input', 'callback',
}
local ENDS = {done = true, discarded = true, dead = true, cancelled = true, expired = true}
local MOST_MS = 9007199254740991
local MOST_COUNT = 1000000000
-- Of the attempts that failed, the first is kept and the last nine, with so much of what each said.
local LAST_FAILURES = 9
local FAILURE_BYTES = 500
-- More than our own words can make: a longer history was written by a producer.
local MOST_HISTORY_BYTES = 65536

-- The whole number that `text` writes, from 0 to `most`; nil for anything else. Producers may write what they like.
local function whole(text, most)
    local number = text and string.match(text, '^%d+$') and tonumber(text)
    return number and number <= most and number or nil
end

-- The answer to a caller who asks for what cannot be: half a sentence that says why.
local function refuse(mistake)
    return redis.error_reply('REFUSED ' .. mistake)
end

-- tostring() writes only 14 digits.
local function digits(number)
    return string.format('%.0f', number)
end

local function is_token(text)
    return #text <= 64 and string.match(text, '^[%w_-]+$') ~= nil
end

local function now_ms()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function now_us()
    local time = redis.call('TIME')
    return time[1] * 1000000 + time[2]
end

local function count(stream, counter, by)
    redis.call('HINCRBY', stream .. ':stats', counter, by)
end

-- What befell an entry beside the deaths of its workers: interruptions, lost leases, and the worker from whom it was
-- taken last because that one was silent ('' for none).
local function read_setbacks(stream, entry)
    local text = redis.call('HGET', stream .. ':setbacks', entry)
    local interruptions, losses, silent = string.match(text or '', '^(%d+) (%d+) (.*)$')
    return tonumber(interruptions or 0), tonumber(losses or 0), silent or ''
end

local function write_setbacks(stream, entry, interruptions, losses, silent)
    redis.call('HSET', stream .. ':setbacks', entry, interruptions .. ' ' .. losses .. ' ' .. silent)
end

local function is_nobody(holder)
    return holder == RELEASED or holder == SUSPECTS
end

-- Whether the key holds nothing, or what it should. Looked at before anything is written: a function that fails half-way
-- is not undone.
local function may_hold(key, kind)
    local found = redis.call('TYPE', key).ok
    return found == kind or found == 'none'
end

-- A queue has two lanes: its stream, and the stream `:admitted` of jobs that waited for a limit and have their passes. The
-- names of entries in the latter begin with ADMITTED, so a name tells where its entry lies.
local ADMITTED = 'a'

local function admitted_lane(stream)
    return stream .. ':admitted'
end

-- The stream that an entry is in, and its id there.
local function lane_of(stream, entry)
    if string.sub(entry, 1, 1) == ADMITTED then return admitted_lane(stream), string.sub(entry, 2) end
    return stream, entry
end

-- The lanes that there are, in the order in which workers read them, each with what the names of its entries begin with.
local function lanes_of(stream)
    local admitted = admitted_lane(stream)
    if redis.call('TYPE', admitted).ok ~= 'stream' then return {{stream, ''}} end
    return {{admitted, ADMITTED}, {stream, ''}}
end

-- What Redis knows of the workers' group of a lane: how many entries are pending, the last that was delivered, and how many
-- were not delivered yet, false where Redis cannot tell. Nil when there is no such group; an error when there is no stream.
local function group_of(lane)
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', lane)) do
        if group[2] == GROUP then return {pending = group[6], last = group[8], undelivered = group[12]} end
    end
end

-- What is known of an entry that was delivered: its id, the holder, the ms since the last renewal, and how often it was
-- delivered; nil for any other.
local function pending_of(stream, entry)
    local lane, id = lane_of(stream, entry)
    return redis.call('XPENDING', lane, GROUP, id, id, 1)[1]
end

local function hand_to(stream, holder, entry, idle, delivered)
    local lane, id = lane_of(stream, entry)
    redis.call('XCLAIM', lane, GROUP, holder, 0, id, 'IDLE', idle, 'RETRYCOUNT', delivered, 'JUSTID')
end

-- As if it had never been claimed: the next rescue takes it over at once.
local function hand_back(stream, entry, delivered)
    hand_to(stream, RELEASED, entry, LONG_IDLE_MS, delivered - 1)
end

-- A worker that was taken at its word has handed something back.
local function note_handing_back(stream, worker)
    local counts = stream .. ':handed_back'
    if redis.call('SREM', stream .. ':intact', worker) == 1 or redis.call('HEXISTS', counts, worker) == 1 then
        redis.call('HINCRBY', counts, worker, 1)
    end
end

-- A worker that speaks of a job that was taken from it has not died: what was counted as its death was the loss of a
-- lease.
local function correct_crash(stream, worker, entry)
    local interruptions, losses, silent = read_setbacks(stream, entry)
    if silent ~= worker then return end
    local pending = pending_of(stream, entry)
    if not pending then return end
    hand_to(stream, pending[2], entry, pending[3], math.max(0, pending[4] - 1))
    write_setbacks(stream, entry, interruptions, losses + 1, '')
    count(stream, 'lost', 1)
end

-- Nil when `worker` does not hold `entry`, else how often the entry was delivered.
local function deliveries(stream, worker, entry)
    local pending = pending_of(stream, entry)
    if pending and pending[2] == worker then return pending[4] end
    correct_crash(stream, worker, entry)
    return nil
end

-- A worker in the set `intact` never had a job taken away since it joined, so what it says it holds, it holds.
-- Whoever takes a job away takes the worker out of the set in the same step; from then on each entry is looked up.
-- For good: the job may stand in an answer that the worker has not read yet, so it cannot know all that it lost.
-- A worker that only handed jobs back is out of it until it has renewed all that it holds, in a call that it sent after
-- the last one that handed something back: the hash `handed_back` counts those.
local function is_intact(stream, worker)
    return redis.call('SISMEMBER', stream .. ':intact', worker) == 1
end

local function distrust(stream, worker)
    redis.call('SREM', stream .. ':intact', worker)
    redis.call('HDEL', stream .. ':handed_back', worker)
end

-- Divides the entries from `first` to `last` into those the worker holds and those it lost.
local function divide(stream, worker, args, first, last)
    local held, lost = {}, {}
    for index = first, last or #args do
        local list = deliveries(stream, worker, args[index]) and held or lost
        list[#list + 1] = args[index]
    end
    return held, lost
end

-- The fields of an entry as a table, with those filled in that are absent in an entry as a producer writes it.
-- Nil when the entry is gone. Field names may be anything: what a producer wrote is kept, but for counters that are
-- no numbers.
local function read_job(stream, entry)
    local lane, id = lane_of(stream, entry)
    local found = redis.call('XRANGE', lane, id, id)[1]
    if not found then return nil end
    local job = {}
    for index = 1, #found[2], 2 do job[found[2][index]] = found[2][index + 1] end
    job.id = job.id or entry
    job.attempt = tostring(math.max(1, whole(job.attempt, MOST_COUNT) or 1))
    for _, counter in ipairs(COUNTERS) do
        if job[counter] then job[counter] = tostring(whole(job[counter], MOST_COUNT) or 0) end
    end
    job.enqueued = job.enqueued or string.match(id, '^%d+')
    return job
end

-- A table of fields as XADD wants it.
local function flatten(job)
    local fields = {}
    for name, value in pairs(job) do
        fields[#fields + 1] = name
        fields[#fields + 1] = value
    end
    return fields
end

-- Works for any number of fields: unpack takes some thousands at the most, and a producer may have written more.
local function write_entry(lane, job)
    local fields = flatten(job)
    if #fields <= 2000 then return redis.call('XADD', lane, '*', unpack(fields)) end
    local kept = {}
    for _, name in ipairs(KNOWN) do
        if job[name] then kept[name] = job[name] end
    end
    return redis.call('XADD', lane, '*', unpack(flatten(kept)))
end

-- Adds a job as the newest entry of the stream, or of the lane of those that were admitted. One that has another id than the
-- entry is found through `:entries`, which is only a short cut: should that key hold something else, nothing breaks.
local function add_entry(stream, job, is_admitted)
    local entry = is_admitted and ADMITTED .. write_entry(admitted_lane(stream), job) or write_entry(stream, job)
    if job.id and is_token(job.id) then redis.pcall('HSET', stream .. ':entries', job.id, entry) end
    return entry
end

-- Puts a job into a hash under its name, as a rule its id, or, should another job have that name, under one of its own:
-- nothing is ever overwritten. Without an entry the caller has seen that there is none.
local function store_job(hash, job, entry, name)
    local member = name or job.id
    while redis.call('HEXISTS', hash, member) == 1 do member = member .. '.' .. entry end
    redis.call('HSET', hash, member, cmsgpack.pack(flatten(job)))
    return member
end

-- The job in a field of such a hash; one that is no job any more is shown as it is, to become a dead letter.
local function unpack_job(packed, member)
    local ok, fields = pcall(cmsgpack.unpack, packed)
    if not ok or type(fields) ~= 'table' then return {id = member, args = packed} end
    local job = {}
    for at = 1, #fields - 1, 2 do job[tostring(fields[at])] = tostring(fields[at + 1]) end
    job.id = job.id or member
    return job
end

-- Takes the passes of limits from entries: see limits.lua.
local give_back_passes

-- As many ended entries at once are worth a look at the front of the lane, and as many an XDEL in search of the others.
local WORTH_TRIMMING = 16

-- Deletes those of `ended` acknowledged entries that lie before all that anybody holds: whole nodes of the stream at once,
-- while XDEL walks its node from the front for each. Only when the lengths add up: entries that somebody took out of the
-- group by hand are jobs that a person may want back. Answers how many it deleted.
local function trim_ended(lane, ended)
    local group = group_of(lane)
    if not group.undelivered then return 0 end
    if redis.call('XLEN', lane) ~= group.pending + group.undelivered + ended then return 0 end
    if group.pending == 0 then return redis.call('XTRIM', lane, 'MAXLEN', group.undelivered) end
    return redis.call('XTRIM', lane, 'MINID', redis.call('XPENDING', lane, GROUP)[2])
end

-- Deletes entries, of which so many were acknowledged a moment ago.
local function delete_entries(lane, ids, first, last, acknowledged)
    local left, step = last - first + 1, 1000
    if left >= WORTH_TRIMMING and left == acknowledged then
        local trimmed = trim_ended(lane, left)
        if trimmed > 0 then left, step = left - trimmed, WORTH_TRIMMING end
    end
    -- The last to end were mostly the last to begin.
    while left > 0 and last >= first do
        local from = math.max(first, last - step + 1)
        left = left - redis.call('XDEL', lane, unpack(ids, from, last))
        last = from - 1
    end
end

-- Removes the entries from `first` to `last`, at most 1000 and all of one lane, and what is noted about them. Answers how
-- many were held by anyone.
local function remove_entries(stream, entries, first, last)
    first, last = first or 1, last or #entries
    local lane, ids, offset = lane_of(stream, entries[first]), entries, 0
    if lane ~= stream then
        ids, offset = {}, first - 1
        for index = first, last do ids[index - offset] = string.sub(entries[index], 2) end
    end
    local removed = redis.call('XACK', lane, GROUP, unpack(ids, first - offset, last - offset))
    delete_entries(lane, ids, first - offset, last - offset, removed)
    if redis.call('EXISTS', stream .. ':setbacks', stream .. ':cancelled', stream .. ':passes') > 0 then
        redis.call('HDEL', stream .. ':setbacks', unpack(entries, first, last))
        redis.call('SREM', stream .. ':cancelled', unpack(entries, first, last))
        give_back_passes(stream, entries, first, last)
    end
    return removed
end

-- Removes the one entry that a job is.
local function remove_entry(stream, entry, job)
    remove_entries(stream, {entry})
    if job.id ~= entry and redis.pcall('HGET', stream .. ':entries', job.id) == entry then
        redis.call('HDEL', stream .. ':entries', job.id)
    end
end

-- A gate is what jobs wait behind that could run otherwise: `type:email.send` while a type is paused, `limit:<key>` while
-- a limit is reached. They wait in the order of the time they came (us), which is the score.
-- There are few types and many limits, so the gates of each with jobs behind them are known apart.
local function gates_like(stream, gate)
    return stream .. (string.sub(gate, 1, 5) == 'type:' and ':gates' or ':gates:limits')
end

local function leave_gate(stream, gate, token)
    gate = gate or ''
    local key = stream .. ':blocked:' .. gate
    redis.call('ZREM', key, token)
    if redis.call('EXISTS', key) == 0 then redis.call('SREM', gates_like(stream, gate), gate) end
end

-- What is known of an entry that a worker holds, as pending_of tells it; nil when none does.
local function holding_of(stream, entry)
    -- A queue that no worker has joined has no group.
    local ok, pending = pcall(pending_of, stream, entry)
    return ok and pending and not is_nobody(pending[2]) and pending or nil
end

-- The place of a job that has not ended: later, blocked, ready or active. For the last two also its entry, the job, and for
-- an active one what holding_of tells. `known` is where the caller found the entry, nil to have it looked up: what
-- `:entries` says may be of another job.
local function find_job(stream, token, known)
    if not known and redis.call('HEXISTS', stream .. ':later:jobs', token) == 1 then return 'later' end
    local entry = known or redis.pcall('HGET', stream .. ':entries', token)
    if type(entry) ~= 'string' then entry = token end
    local job = string.match(entry, '^' .. ADMITTED .. '?%d+%-%d+$') and read_job(stream, entry)
    if job and job.id == token then
        local holding = holding_of(stream, entry)
        return holding and 'active' or 'ready', entry, job, holding
    end
    if not known and redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1 then return 'blocked' end
end

-- Adds to a counter of a job; a counter of nothing is not written down.
local function add_to(job, counter, by)
    if by > 0 then job[counter] = tostring((job[counter] or 0) + by) end
end

-- Notes in the job what befell this entry of it, so that it is kept when the entry goes.
local function note_setbacks(stream, entry, job, crashes)
    local interruptions, losses = read_setbacks(stream, entry)
    add_to(job, 'crashes', crashes)
    add_to(job, 'interruptions', interruptions)
    add_to(job, 'losses', losses)
end

-- The job that `entry` is, with its counters, after so many deliveries; nil when it is gone.
local function delivered_job(stream, entry, delivered)
    local job = read_job(stream, entry)
    if not job then
        remove_entries(stream, {entry})
        return nil
    end
    note_setbacks(stream, entry, job, delivered - 1)
    return job
end

-- The job that the worker holds as `entry`, with its counters; nil when it does not hold it, or it is gone.
local function held_job(stream, worker, entry)
    local delivered = deliveries(stream, worker, entry)
    return delivered and delivered_job(stream, entry, delivered)
end

-- Takes a job out of the place that find_job told, unless a worker holds it. Answers the job.
local function take_out(stream, token, place, entry)
    if place == 'ready' then
        local job = read_job(stream, entry)
        remove_entry(stream, entry, job)
        return job
    end
    local hash = stream .. ':' .. place .. ':jobs'
    local job = unpack_job(redis.call('HGET', hash, token), token)
    redis.call('HDEL', hash, token)
    if place == 'later' then
        redis.call('ZREM', stream .. ':later', token)
        redis.call('SREM', stream .. ':later:retries', token)
    else
        leave_gate(stream, job.gate, token)
    end
    return job
end

local function checkpoint_key(stream, job)
    return stream .. ':job:' .. job.id .. ':checkpoint'
end

-- Nobody knows any more when a tracked job will be done.
local function forget_eta(stream, job)
    if job.track then redis.pcall('HDEL', stream .. ':job:' .. job.id, 'eta') end
end

local track

do
    -- So many changes of tracked jobs are kept for those who watch the queue, the newest, for an hour.
    local MOST_EVENTS, EVENTS_MS = 1000, 3600000

    -- Tells those who watch the queue what became of a tracked job.
    local function tell(stream, job, state, ...)
        local key, said = stream .. ':events', {...}
        local event = {
            'id', string.sub(job.id, 1, 64), 'type', string.sub(job.type or '', 1, 100), 'state', state,
            'attempt', string.sub(job.attempt or '1', 1, 10),
        }
        for at = 1, #said - 1, 2 do
            if said[at] == 'progress' then
                event[#event + 1] = 'progress'
                event[#event + 1] = said[at + 1]
            end
        end
        local told = redis.pcall('XADD', key, 'MAXLEN', '~', MOST_EVENTS, '*', unpack(event))
        if type(told) ~= 'table' then redis.call('PEXPIRE', key, EVENTS_MS) end
    end

    -- For a job that somebody tracks: notes its state, and what else is said in `...`, for as long as was asked. A key that
    -- holds something else is left alone: no transition fails half-way because somebody watches it.
    function track(stream, job, state, ...)
        local ttl = whole(job.track, MOST_MS) or 0
        if ttl < 1 then return end
        local key = stream .. ':job:' .. job.id
        local noted = redis.pcall(
            'HSET', key, 'state', state, 'type', job.type or '', 'attempt', job.attempt or '1', 'updated', now_ms(), ...)
        if type(noted) == 'table' and noted.err then return end
        redis.call('PEXPIRE', key, ttl)
        tell(stream, job, state, ...)
        if ENDS[state] then
            forget_eta(stream, job)
            redis.call('PEXPIRE', key .. ':log', ttl)
            -- Wakes those who wait; they leave the element in place for each other.
            redis.call('DEL', key .. ':end')
            redis.call('RPUSH', key .. ':end', state)
            redis.call('PEXPIRE', key .. ':end', ttl)
        end
    end
end

-- Makes a job that waited an entry again. Answers the entry.
local function make_ready(stream, job, is_admitted)
    local entry = add_entry(stream, job, is_admitted)
    track(stream, job, 'ready', 'entry', entry)
    return entry
end

-- A job that holds a unique key gives it back.
local function free_unique(stream, job)
    if not job.unique then return end
    local key = stream .. ':unique:' .. job.unique
    if redis.pcall('GET', key) == job.id then redis.call('DEL', key) end
end

-- What follows for the batch and the chain of a job that has one: see batch.lua.
local follow = {}

-- How much waits to be carried to other queues: see chain.lua.
local function outgoing_length(stream)
    local length = redis.pcall('XLEN', stream .. ':outgoing')
    return type(length) == 'number' and length or 0
end

-- What follows from the end of a job, whatever it is: called once for each, when it is in no place any more but perhaps
-- among the dead letters. `...` is noted for those who track it.
local function job_ended(stream, job, state, ...)
    if state ~= 'dead' then redis.call('DEL', checkpoint_key(stream, job)) end
    free_unique(stream, job)
    track(stream, job, state, ...)
    -- The end stands, even if somebody spoiled a key of the batch.
    if (job.batch or job['then']) and not pcall(follow.ended, stream, job, state, ...) then count(stream, 'unnoted', 1) end
end

-- A dead letter is a job again, under the id it had: its batch waits for it again. To be called in the step that does it,
-- once.
local function job_revived(stream, job)
    if job.batch then follow.revived(stream, job) end
end

-- A dead letter is deleted: it will not be replayed any more, so its batch will not succeed and its chain is over.
local function job_deleted(stream, job)
    if job.batch or job['then'] then follow.deleted(stream, job) end
end

-- The beginning of a text in UTF-8, never ending in the middle of a letter.
local function cut(text, most)
    if #text <= most then return text end
    while most > 0 and string.match(text, '^[\128-\191]', most + 1) do most = most - 1 end
    return string.sub(text, 1, most)
end

-- A history with one failure more. Raises an error for a text that is none.
local function add_to_history(text, failure)
    local history = cjson.decode(text)
    local all = history.attempts
    all[#all + 1] = failure
    local kept = {all[1]}
    for at = math.max(2, #all - LAST_FAILURES + 1), #all do kept[#kept + 1] = all[at] end
    return cjson.encode({omitted = history.omitted + #all - #kept, attempts = kept})
end

-- Notes in the job that its present attempt failed, as JSON:
--   {"omitted": how many are left out after the first,
--    "attempts": [{"attempt", "error", "kind", "worker", "duration_ms", "time_ms": in ms since 1970}]}
-- Where there is no history yet, or what a producer wrote in its place, it begins here.
local function note_failure(job, error, kind, worker, duration)
    job.error = error
    job.kind = kind and kind ~= '' and cut(kind, FAILURE_BYTES) or nil
    local failure = {
        attempt = tonumber(job.attempt), error = cut(error, FAILURE_BYTES), kind = job.kind, worker = worker,
        duration_ms = whole(duration, MOST_MS) or 0, time_ms = now_ms(),
    }
    local is_ours = job.history and #job.history <= MOST_HISTORY_BYTES
    local ok, longer = pcall(add_to_history, is_ours and job.history, failure)
    job.history = ok and longer or cjson.encode({omitted = 0, attempts = {failure}})
end

-- Stores a dead letter: see letters.lua.
local file_letter

-- Moves a job that `entry` is to the dead letters; its counters are noted already. `kind` and `duration` (ms) are those
-- of the attempt that was the last, if one was.
local function bury_entry(stream, entry, job, reason, error, worker, kind, duration)
    local now = now_ms()
    note_failure(job, error, kind, worker, duration)
    job.reason = reason
    job.worker = worker
    job.buried = tostring(now)
    -- What a producer gave as an id may be anything, and a megabyte long: then the entry names the letter.
    file_letter(stream, job, entry, now, is_token(job.id) and job.id or entry)
    remove_entry(stream, entry, job)
    count(stream, 'dead', 1)
    job_ended(stream, job, 'dead', 'reason', reason, 'error', error)
end

-- Ends a job that `entry` is: done, discarded, cancelled or expired.
local function end_entry(stream, entry, job, state, ...)
    remove_entry(stream, entry, job)
    count(stream, state, 1)
    job_ended(stream, job, state, ...)
end

-- Somebody asked for the end of a job while a worker held it.
local function is_cancelled(stream, entry)
    return redis.call('SISMEMBER', stream .. ':cancelled', entry) == 1
end

-- cw_version: the version of this library, and the oldest worker that may call it.
redis.register_function{
    function_name = 'cw_version',
    callback = function() return {VERSION, OLDEST} end,
    flags = {'no-writes'},
}
